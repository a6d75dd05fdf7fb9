const hues = 5, wide = 520, high = 240, left = innerWidth <= 600 ? 70 : 52, right = 10, top_ = 10, bottom = 26;
const order = ["loss", "batch_loss"], late = ["learning_rate", "samples_per_second", "gradient_norm"];
const titles = { loss: "Loss per epoch", batch_loss: "Loss of batches", learning_rate: "Learning rate", samples_per_second: "Images per second", gradient_norm: "Norm of the gradients" };
let state = { version: -1, now: 0, lines: [] }, hidden = new Set(), drawn = "";

const svg = (name, more = {}, text) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [k, v] of Object.entries(more)) e.setAttribute(k, v);
    if (text !== undefined) e.textContent = text;
    return e;
};
const short = v => v === null || v === undefined ? "–" : v === 0 ? "0" : Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3 ? v.toExponential(1) : String(+v.toPrecision(4));
const clock = s => s < 90 ? `${Math.round(s)} s` : s < 5400 ? `${Math.round(s / 60)} min` : s < 129600 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86400)} d`;
const names = () => [...new Set(state.lines.map(l => l.run))];
const hue = run => `var(--hue${names().indexOf(run) % hues})`;
const dashed = line => line.phase === "train" || line.phase === "" ? "" : "5 4";
const known = v => v !== null;

async function look() {
    try {
        const said = await fetchJson(`runs?version=${state.version}`);
        state = { version: said.version, now: said.now, lines: said.lines ?? state.lines };
        if (said.lines) draw();
        table();
    } catch (fault) {
        $("lead").textContent = fault instanceof TypeError ? "The program that this page comes from has ended; what it said last stays." : fault.message;
    }
    setTimeout(look, 2000);
}

function table() {
    const runs = names();
    $("all").hidden = runs.length === 0;
    if (runs.length === 0) return;
    const running = runs.filter(r => age(r) < 120).length;
    $("lead").textContent = `${runs.length === 1 ? "One run" : `${runs.length} runs`}, ${running === 0 ? "none of which writes now" : running === 1 ? "one of which writes now" : `${running} of which write now`}. Solid lines are training, dashed ones validation.`;
    $("runs").replaceChildren(...runs.map(run => {
        const loss = of(run, true, "loss") ?? of(run, true, "batch_loss"), valid = of(run, false, "loss"), rate = of(run, true, "samples_per_second");
        const box = make("input", { type: "checkbox", checked: !hidden.has(run) });
        box.onchange = () => { if (box.checked) hidden.delete(run); else hidden.add(run); drawn = ""; draw(); table(); };
        const dot = make("span", { className: "dot" });
        dot.style.background = hue(run);
        const steps = Math.max(0, ...state.lines.filter(l => l.run === run).flatMap(l => l.series.map(s => s.steps.at(-1))));
        const cells = [steps.toLocaleString("en"), short(loss?.values.at(-1)), short(valid?.values.at(-1)), short(least(valid ?? loss)), short(rate?.values.at(-1)), `${clock(age(run))} ago`];
        return make("tr", { className: hidden.has(run) ? "off" : "" }, make("td", {}, make("label", {}, box, dot, run)), ...cells.map(c => make("td", { textContent: c })));
    }));
}

const age = run => Math.max(0, state.now - Math.max(...state.lines.filter(l => l.run === run).map(l => l.last)));
const of = (run, train, tag) => state.lines.filter(l => l.run === run && (dashed(l) === "") === train).flatMap(l => l.series).find(s => s.tag === tag);
const least = series => series && series.values.some(known) ? Math.min(...series.values.filter(known)) : null;

function draw() {
    const shown = state.lines.filter(l => !hidden.has(l.run)), place = t => order.includes(t) ? order.indexOf(t) : late.includes(t) ? 1000 + late.indexOf(t) : 100;
    const tags = [...new Set(shown.flatMap(l => l.series.map(s => s.tag)))].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
    $("charts").replaceChildren(...tags.map(tag => chart(tag, shown.flatMap(line => line.series.filter(s => s.tag === tag).map(s => ({ line, ...s }))))));
    const pictures = shown.flatMap(line => line.pictures.map(p => ({ line, ...p }))), print = pictures.map(p => p.address).join();
    $("pictures-card").hidden = pictures.length === 0;
    if (print === drawn) return;
    drawn = print;
    $("pictures").replaceChildren(...pictures.map(p => make("figure", { className: "card", style: "margin:0" }, make("h2", { textContent: p.tag }),
        make("img", { src: p.address, alt: `${p.tag} of ${p.line.run}`, loading: "lazy" }), make("p", { className: "quiet", textContent: `${p.line.run}, step ${p.step.toLocaleString("en")}` }))));
}

function ticks(low, high, log) {
    if (log) {
        const all = [];
        for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) for (const m of [1, 2, 5]) if (m * 10 ** e >= low && m * 10 ** e <= high) all.push(m * 10 ** e);
        return all.length <= 6 ? all : all.filter((v, i) => i % Math.ceil(all.length / 6) === 0);
    }
    const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough), all = [];
    for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) all.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    return all;
}

function smoothed(values) {
    const keep = +$("smooth").value;
    if (keep === 0) return values;
    let mean = 0, weight = 0;
    return values.map(v => {
        if (v === null) return null;
        mean = keep * mean + (1 - keep) * v;
        weight = keep * weight + (1 - keep);
        return mean / weight;
    });
}

function chart(tag, series) {
    const along = $("along").value, xs = series.flatMap(s => s[along]), all = series.flatMap(s => s.values).filter(known);
    const log = $("log").checked && all.some(v => v > 0), ys = log ? all.filter(v => v > 0) : all;
    let [x0, x1] = [Math.min(...xs), Math.max(...xs)], [y0, y1] = ys.length ? [Math.min(...ys), Math.max(...ys)] : [0, 1];
    if (x0 === x1) [x0, x1] = [Math.max(0, x0 - 1), x1 + 1];
    if (y0 === y1) [y0, y1] = log ? [y0 / 2, y1 * 2] : [y0 - (Math.abs(y0) || 1) * 0.1, y1 + (Math.abs(y1) || 1) * 0.1];
    else if (!log) { const more = (y1 - y0) * 0.05; y0 = y0 >= 0 && y0 - more < 0 ? 0 : y0 - more; y1 += more; }
    const t = v => log ? Math.log10(v) : v, px = x => left + (wide - left - right) * (x - x0) / (x1 - x0), py = y => high - bottom - (high - top_ - bottom) * (t(y) - t(y0)) / (t(y1) - t(y0));
    const image = svg("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": `${titles[tag] ?? tag} along ${along}` });
    for (const y of ticks(y0, y1, log)) image.append(svg("line", { x1: left, x2: wide - right, y1: py(y), y2: py(y), stroke: "var(--grid)" }), svg("text", { x: left - 6, y: py(y) + 4, "text-anchor": "end" }, short(y)));
    const told = x => along === "steps" ? (x >= 10000 ? `${+(x / 1000).toPrecision(4)}k` : short(x)) : clock(x);
    const marks = ticks(x0, x1, false).filter((x, i, all) => i === 0 || told(x) !== told(all[i - 1]));
    for (const x of marks) image.append(svg("text", { x: Math.min(wide - right - 12, px(x)), y: high - 7, "text-anchor": "middle" }, told(x)));
    image.append(svg("line", { x1: left, x2: wide - right, y1: high - bottom, y2: high - bottom, stroke: "var(--axis)" }));
    for (const s of series) {
        const lines = +$("smooth").value > 0 ? [[s.values, 0.25], [smoothed(s.values), 1]] : [[s.values, 1]];
        for (const [values, opacity] of lines) {
            let path = "", pen = "M";
            const points = values.map((v, i) => known(v) && (!log || v > 0) ? [px(s[along][i]), py(v)] : null);
            for (const p of points) if (p) { path += `${pen}${p[0].toFixed(1)} ${p[1].toFixed(1)}`; pen = "L"; } else pen = "M";
            if (points.filter(known).length === 1) { const [cx, cy] = points.find(known); image.append(svg("circle", { cx, cy, r: 3.5, fill: hue(s.line.run), opacity })); }
            image.append(svg("path", { d: path, fill: "none", stroke: hue(s.line.run), "stroke-width": 2, "stroke-linejoin": "round", "stroke-dasharray": dashed(s.line), opacity }));
        }
    }
    const card = make("section", { className: "card chart" }, make("h2", { textContent: titles[tag] ?? tag }), image), tip = make("div", { className: "tip", hidden: true });
    const hair = svg("line", { y1: top_, y2: high - bottom, stroke: "var(--axis)", visibility: "hidden" });
    image.append(hair);
    card.append(tip);
    image.onpointermove = e => {
        const box = image.getBoundingClientRect(), at = x0 + (x1 - x0) * ((e.clientX - box.left) / box.width * wide - left) / (wide - left - right);
        const near = series.map(s => ({ s, i: s[along].reduce((best, x, i) => Math.abs(x - at) < Math.abs(s[along][best] - at) ? i : best, 0) }));
        const x = near.map(n => n.s[along][n.i]).reduce((a, b) => Math.abs(b - at) < Math.abs(a - at) ? b : a);
        hair.setAttribute("x1", px(x));
        hair.setAttribute("x2", px(x));
        hair.setAttribute("visibility", "visible");
        tip.replaceChildren(make("div", { textContent: along === "steps" ? `step ${x.toLocaleString("en")}` : clock(x) }), ...near.slice(0, 12).map(({ s, i }) => {
            const dot = make("span", { className: "dot" });
            dot.style.background = hue(s.line.run);
            return make("div", {}, dot, `${names().length > 1 ? `${s.line.run} ` : ""}${s.line.phase} ${short(s.values[i])}`);
        }));
        tip.hidden = false;
        const place = (px(x) / wide) * box.width;
        tip.style.top = "44px";
        if (place > box.width / 2) { tip.style.right = `${box.width - place + 30}px`; tip.style.left = ""; } else { tip.style.left = `${place + 30}px`; tip.style.right = ""; }
    };
    image.onpointerleave = () => { tip.hidden = true; hair.setAttribute("visibility", "hidden"); };
    return card;
}

for (const id of ["along", "log", "smooth"]) $(id).oninput = draw;
look();
