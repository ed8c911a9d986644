// Shows every module of the build that answers, and how it is.
const { modules, build_id: buildId, release_id: releaseId } = await (await fetch("/health/modules")).json();

function row({ slug, name, version, kind, dependencies, status, message }) {
  const line = document.createElement("tr");
  for (const text of [name, slug, version, kind, dependencies.join(", ") || "–"]) line.insertCell().textContent = text;
  const health = line.insertCell();
  health.className = status;
  health.textContent = message ? `${status}: ${message}` : status;
  return line;
}

document.querySelector("#modules").replaceChildren(...modules.map(row));
document.querySelector("#build").textContent = [buildId ? `Build ${buildId}` : "A build made by hand", releaseId && `release ${releaseId}`].filter(Boolean).join(", ");
