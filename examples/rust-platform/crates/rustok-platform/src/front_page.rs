use axum::response::Response;
use rustok_core::SharedModule;
use rustok_core::answers::page;
use rustok_core::html::escape;

/// `/`: the modules of this build, each with a link to its routes.
pub fn front_page(modules: &[SharedModule]) -> Response {
    let items: String = modules.iter().map(item).collect();
    let text = "<p>Everything here is a module. <a href=\"/health/modules\">How they are.</a></p>";
    page("Rust Platform", &format!("{text}<ul>{items}</ul>"))
}

fn item(module: &SharedModule) -> String {
    let [slug, name, version, description] = [
        module.slug(),
        module.name(),
        module.version(),
        module.description(),
    ]
    .map(escape);
    format!("<li><a href=\"/{slug}\">{name}</a> {version}: {description}</li>")
}
