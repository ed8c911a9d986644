import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A module's crate as its author publishes it. */
export interface PublishedCrate {
  /** One lower-case word. */
  readonly slug: string;
  readonly version: string;
}

/** Writes the crate `rustok-SLUG` into a directory, in place of an earlier version. In the application `GET /SLUG` tells its version. */
export async function writePublishedCrate(directory: string, { slug, version }: PublishedCrate): Promise<void> {
  const type = `${slug.slice(0, 1).toUpperCase()}${slug.slice(1)}Module`;
  const files = {
    "Cargo.toml": `[package]\nname = "rustok-${slug}"\nversion = "${version}"\nedition = "2021"\ndescription = "Published ${slug}."\nlicense = "MIT"\n\n[dependencies]\nrustok-core = "0.1"\n`,
    "module.toml": `[module]\nslug = "${slug}"\nname = "Published ${slug}"\ndescription = "Published ${slug}."\nversion = "${version}"\n\n[compat]\nserver = ">=0.1.0 <0.2.0"\n`,
    "src/lib.rs": `use rustok_core::axum::{routing, Json, Router};
use rustok_core::serde_json::json;
use rustok_core::RusToKModule;

#[derive(Default)]
pub struct ${type};

impl ${type} {
    pub fn new() -> Self {
        Self
    }
}

impl RusToKModule for ${type} {
    fn slug(&self) -> &'static str {
        "${slug}"
    }
    fn name(&self) -> &'static str {
        "Published ${slug}"
    }
    fn description(&self) -> &'static str {
        env!("CARGO_PKG_DESCRIPTION")
    }
    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
    fn routes(&self) -> Router {
        Router::new().route("/", routing::get(|| async { Json(json!({ "version": env!("CARGO_PKG_VERSION") })) }))
    }
}
`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}
