const $ = id => document.getElementById(id);
const make = (tag, more = {}, ...inner) => { const e = Object.assign(document.createElement(tag), more); e.append(...inner); return e; };
async function fetchJson(address, options) {
    const answer = await fetch(address, options);
    const said = await answer.json().catch(() => ({ error: `The server has answered ${answer.status}.` }));
    if (!answer.ok) throw new Error(said.error ?? `The server has answered ${answer.status}.`);
    return said;
}
