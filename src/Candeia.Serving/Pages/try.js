const base = location.pathname.endsWith("/") ? location.pathname : location.pathname + "/";
let asked = 0, writing = null;

for (const name of words) $("model").append(make("option", { textContent: name }));
$("choose").hidden = words.length < 2;
$("model").onchange = open;

async function open() {
    asked++;
    writing?.abort();
    const name = $("model").value, at = `${base}v2/models/${name}`;
    $("title").textContent = name;
    document.title = name;
    $("answer").replaceChildren(make("p", { className: "quiet", textContent: "It appears here." }));
    for (const id of ["asking", "answering", "picture", "text", "form", "json", "reply"]) $(id).hidden = true;
    $("preview").hidden = true;
    try {
        programs(await fetchJson(at), at);
        const question = await fetchJson(`${at}/ask`).catch(() => null);
        $("lead").textContent = question?.text ?? "Programs ask this model with tensors.";
        if (!question) return;
        $("asking").hidden = $("answering").hidden = false;
        for (const kind of ["picture", "text", "form"]) $(kind).hidden = question.kind !== kind;
        if (question.kind === "picture") $("curl").textContent = `curl --data-binary @picture.png ${location.origin}${at}/ask`;
        else if (question.kind === "text") $("curl").textContent = `curl -d '{"text_input": "Once", "parameters": {"max_tokens": 100}}' ${location.origin}${at}/generate`;
        else fields(question.fields);
    } catch (fault) {
        $("lead").textContent = fault.message;
    }
}

function programs(model, at) {
    const said = v => `${v.name} ${v.datatype} [${v.shape.join(", ")}]`;
    $("values").textContent = `${model.inputs.map(said).join("; ")} → ${model.outputs.map(said).join("; ")}, by the Open Inference Protocol.`;
    $("curl").textContent = `curl ${location.origin}${at}`;
    const shapes = model.inputs.map(v => v.shape.map(n => Math.max(n, 1))), sizes = shapes.map(s => s.reduce((a, b) => a * b, 1));
    $("json").hidden = sizes.some(n => n > 64);
    if ($("json").hidden) return;
    const request = { inputs: model.inputs.map((v, i) => ({ name: v.name, datatype: v.datatype, shape: shapes[i], data: Array(sizes[i]).fill(v.datatype === "BOOL" ? false : 0) })) };
    $("request").value = JSON.stringify(request);
    $("curl").textContent = `curl -d '${JSON.stringify(request)}' ${location.origin}${at}/infer`;
    $("send").onclick = async () => {
        $("reply").hidden = false;
        try {
            $("reply").textContent = JSON.stringify(await fetchJson(`${at}/infer`, { method: "POST", body: $("request").value }), null, 1);
        } catch (fault) {
            $("reply").textContent = fault.message;
        }
    };
}

function fields(list) {
    $("fields").replaceChildren(...list.map(f => {
        const input = f.choices
            ? make("select", { name: f.name }, ...f.choices.map(c => make("option", { textContent: c, selected: c === f.example })))
            : make("input", { name: f.name, type: "text", value: f.example, autocomplete: "off" });
        return make("label", { className: "field" }, f.name, input);
    }));
}

async function ask(body) {
    const mine = ++asked;
    $("answer").replaceChildren(make("p", { className: "quiet", textContent: "…" }));
    try {
        const answer = await fetchJson(`${base}v2/models/${$("model").value}/ask`, { method: "POST", body });
        if (mine === asked) show(answer);
    } catch (fault) {
        if (mine === asked) $("answer").replaceChildren(make("p", { className: "warning", textContent: fault.message }));
    }
}

function show(answer) {
    const place = v => 100 * Math.min(1, Math.max(0, (v - answer.low) / (answer.high - answer.low))), zero = place(0);
    const parts = answer.parts.map(p => {
        const bar = make("div", { className: "bar moves" }), at = place(p.value);
        bar.style.left = `${Math.min(zero, at)}%`;
        bar.style.width = `${Math.max(1, Math.abs(at - zero))}%`;
        return make("div", { className: "part" }, make("span", { textContent: p.name }), make("div", { className: "track" }, bar),
            make("span", { className: "number", textContent: p.value.toFixed(answer.high - answer.low > 100 ? 0 : 3) }));
    });
    $("answer").replaceChildren(make("div", { className: "big", textContent: answer.text }), ...(answer.remark ? [make("p", { className: "warning", textContent: answer.remark })] : []), ...parts);
}

function picture(file) {
    if (!file) return;
    URL.revokeObjectURL($("preview").src);
    $("preview").src = URL.createObjectURL(file);
    $("preview").onerror = () => { $("preview").hidden = true; $("drop-text").hidden = false; };
    $("preview").hidden = false;
    $("drop-text").hidden = true;
    ask(file);
}

$("file").onchange = e => picture(e.target.files[0]);
for (const kind of ["dragover", "dragleave", "drop"]) $("drop").addEventListener(kind, e => {
    e.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") picture(e.dataTransfer.files[0]);
});
addEventListener("paste", e => { if (!$("picture").hidden) picture([...e.clipboardData.files][0]); });
$("form").onsubmit = e => {
    e.preventDefault();
    ask(JSON.stringify(Object.fromEntries(new FormData($("form")))));
};
$("text").onsubmit = e => {
    e.preventDefault();
    goOn();
};

// The pieces come as they are made, each a line of JSON.
async function goOn() {
    const mine = ++asked, beginning = $("beginning").value, made = document.createTextNode("");
    const written = make("div", { className: "written" }, make("span", { textContent: beginning }), made);
    writing?.abort();
    writing = new AbortController();
    $("answer").replaceChildren(written);
    try {
        const parameters = { max_tokens: Number($("length").value), temperature: Number($("temperature").value) };
        const answer = await fetch(`${base}v2/models/${$("model").value}/generate_stream`, { method: "POST", body: JSON.stringify({ text_input: beginning, parameters }), signal: writing.signal });
        if (!answer.ok) throw new Error((await answer.json()).error);
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = "", part; !(part = await reader.read()).done;) {
            const lines = (rest + part.value).split("\n\n");
            rest = lines.pop();
            for (const line of lines) made.data += JSON.parse(line.slice("data: ".length)).text_output;
            written.scrollTop = written.scrollHeight;
        }
    } catch (fault) {
        if (mine === asked) $("answer").append(make("p", { className: "warning", textContent: fault.message }));
    }
}
open();
