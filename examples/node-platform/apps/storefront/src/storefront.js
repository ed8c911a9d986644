// Shows the modules of the build that answers.
const { modules, build_id: buildId } = await (await fetch("/health/modules")).json();

function card({ slug, name, version }) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = `/${slug}`;
  link.appendChild(document.createElement("strong")).textContent = name;
  link.appendChild(document.createElement("span")).textContent = `/${slug} · ${version}`;
  return item;
}

document.querySelector("#modules").replaceChildren(...modules.map(card));
document.querySelector("#build").textContent = buildId ? `Build ${buildId}` : "A build made by hand";
