// Copies the front end we ship from npm packages into the repository, with a manifest that says what
// each file is. Maintainers only; running Teamhub needs no Node. In this folder:
//
//     npm ci && npm run vendor
//
// A new version: change package.json, npm install, npm run vendor, read the diff.

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { optimize } from "svgo";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const root = join(here, "..", "..");

const designsystemet = "@digdir/designsystemet-css";
const inter = "@fontsource-variable/inter";
const aksel = "@navikt/aksel-icons";

// The design system's stylesheet is 21 kB compressed, most of it for components we draw ourselves. Its
// package ships each component by itself as well; these we use, in its own order and cascade layers.
const componentsInUse = [
  ["ds.base", ["base", "heading", "label", "paragraph"]],
  ["ds.components", ["link"]],
  ["ds.base", ["validation-message"]],
  ["ds.components", ["data-size-workaround", "button", "input", "field", "fieldset", "alert", "details"]],
  ["ds.components", ["dialog", "list", "tag", "table", "breadcrumbs"]],
];

const shipped = [
  copy("htmx.min.js", "htmx.org", "dist/htmx.min.js"),
  copy("response-targets.js", "htmx-ext-response-targets", "dist/response-targets.js"),
  copy("idiomorph.min.js", "idiomorph", "dist/idiomorph.min.js"),
  copy("Sortable.min.js", "sortablejs", "Sortable.min.js"),
  copy("designsystemet-theme.css", designsystemet, "dist/theme/designsystemet.css"),
  {
    file: "designsystemet.css",
    package: designsystemet,
    source: componentsInUse.flatMap(([, parts]) => parts.map((part) => `dist/src/${part}.css`)),
    build: componentsInLayers,
  },
  copy("inter/inter-latin-wght-normal.woff2", inter, "files/inter-latin-wght-normal.woff2"),
  copy("inter/inter-latin-ext-wght-normal.woff2", inter, "files/inter-latin-ext-wght-normal.woff2"),
  {
    file: "../icons.svg",
    package: aksel,
    source: (await iconNames()).map((name) => `dist/svg/${name}.svg`),
    build: sprite,
  },
];
const forTests = [copy("axe.min.js", "axe-core", "axe.min.js")];

// Where package.json says nothing, or where the licence is not in the file LICENSE alone.
const licences = { "htmx-ext-response-targets": "0BSD" };
const licenceFiles = {
  [aksel]: [join(here, "licenses", "navikt-aksel-icons.txt")],
  "axe-core": ["LICENSE", "LICENSE-3RD-PARTY.txt"].map((name) => join(packages, "axe-core", name)),
};

await vendor(shipped, join(root, "static", "vendor"));
await vendor(forTests, join(root, "tests", "browser", "vendor"));

async function vendor(files, folder) {
  await rm(folder, { recursive: true, force: true });
  const manifest = [];
  for (const { file, package: name, source, build } of files) {
    const { version, license } = JSON.parse(await readFile(join(packages, name, "package.json"), "utf8"));
    const licence = license ?? licences[name];
    if (!licence) throw new Error(`${name} names no licence: read it, and write it in licences`);
    const parts = await Promise.all(source.map((path) => readFile(join(packages, name, path))));
    const content = build(parts, source);
    await write(join(folder, file), content);
    await write(join(folder, "licenses", `${plain(name)}.txt`), await licenceText(name));
    manifest.push({ file, package: name, version, licence, source, sha384: integrity(content) });
  }
  await write(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

function copy(file, name, path) {
  return { file, package: name, source: [path], build: ([content]) => content };
}

function componentsInLayers(contents) {
  const rest = contents.map((content) => content.toString().trim());
  const layers = componentsInUse.map(([layer, parts]) => {
    return `@layer ${layer}{${rest.splice(0, parts.length).join("\n")}}\n`;
  });
  return Buffer.from(`@layer ds.theme, ds.base, ds.components;\n${layers.join("")}`);
}

function sprite(contents, paths) {
  const symbols = contents.map((content, index) => {
    const [, name] = paths[index].match(/(\w+)\.svg$/);
    const { data } = optimize(content.toString(), { floatPrecision: 2, multipass: true });
    const [, viewBox, shapes] = data.match(/^<svg [^>]*viewBox="([^"]+)"[^>]*>(.*)<\/svg>$/s);
    return `<symbol id="${name}" viewBox="${viewBox}" fill="none">${shapes}</symbol>\n`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("")}</svg>\n`);
}

async function iconNames() {
  return (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
}

async function licenceText(name) {
  const paths = licenceFiles[name] ?? [join(packages, name, "LICENSE")];
  return (await Promise.all(paths.map((path) => readFile(path, "utf8")))).join("\n");
}

function plain(name) {
  return name.replace("@", "").replace("/", "-");
}

function integrity(content) {
  return `sha384-${createHash("sha384").update(content).digest("base64")}`;
}

async function write(path, content) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
