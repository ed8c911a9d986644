import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";

/** What the gateway itself has to say when no application can. */
export interface GatewayAnswer {
  readonly status: 400 | 502 | 503 | 504;
  readonly text: string;
  readonly retryAfterSeconds?: number;
}

export const answers = {
  noRelease: { status: 503, text: "No release is active in this environment yet.", retryAfterSeconds: 5 },
  restarting: { status: 503, text: "The application is starting again. Please try again in a moment.", retryAfterSeconds: 2 },
  lost: { status: 502, text: "The application ended the connection before it answered." },
  garbled: { status: 502, text: "The application's answer cannot be passed on." },
  timedOut: { status: 504, text: "The application did not answer in time." },
  malformed: { status: 400, text: "The request cannot be passed on." },
} as const satisfies Record<string, GatewayAnswer>;

/** Answers with a small page for people and a line of text for programs. */
export function answerItself(request: IncomingMessage, response: ServerResponse, answer: GatewayAnswer): void {
  if (response.destroyed || response.headersSent) return;
  const html = request.headers.accept?.includes("text/html") === true;
  const body = html ? page(answer) : `${answer.text}\n`;
  // Its answer was begun, and could not be sent like that.
  response.statusMessage = STATUS_CODES[answer.status] ?? "";
  response.sendDate = true;
  response.writeHead(answer.status, headersOf(answer, html, body));
  response.end(request.method === "HEAD" ? undefined : body);
}

/** The same as raw bytes, for a connection that asked for an upgrade. */
export function rawAnswer(answer: GatewayAnswer): string {
  const body = `${answer.text}\n`;
  const headers = Object.entries({ ...headersOf(answer, false, body), connection: "close" });
  return [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", body].join("\r\n");
}

function headersOf(answer: GatewayAnswer, html: boolean, body: string): Record<string, string | number> {
  return {
    "content-type": html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...(answer.retryAfterSeconds === undefined ? {} : { "retry-after": answer.retryAfterSeconds }),
  };
}

function page({ status, text }: GatewayAnswer): string {
  const title = `${status} ${STATUS_CODES[status]}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color:#333}h1{font-size:1.4rem}</style></head>
<body><h1>${title}</h1><p>${text}</p></body></html>
`;
}
