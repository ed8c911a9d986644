import Markdown from "react-markdown";

/** A module's readme. It is somebody else's text: no markup of its own, no pictures from elsewhere, links leave no trace. */
export function Readme({ text }: { readonly text: string }) {
  return (
    <div className="grid gap-3 [&_a]:text-accent [&_a]:underline [&_code]:rounded [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-sm [&_h2]:mt-2 [&_h2]:text-lg [&_h2]:font-semibold [&_h3]:mt-1 [&_h3]:font-semibold [&_ol]:list-decimal [&_ol]:pl-6 [&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-sunken [&_pre]:p-4 [&_pre_code]:p-0 [&_ul]:list-disc [&_ul]:pl-6">
      <Markdown
        components={{
          h1: ({ children }) => <h2>{children}</h2>,
          img: ({ alt }) => <span>{alt}</span>,
          a: ({ href, children }) => <a href={href} target="_blank" rel="noreferrer nofollow">{children}</a>,
        }}
      >
        {text}
      </Markdown>
    </div>
  );
}
