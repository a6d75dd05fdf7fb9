const near = 0.1, bins = 11, width = 0.05;
const fresh = () => ({ score: 0, streak: 0, best: 0, rounds: 0, wins: 0, mine: Array(bins).fill(0), its: Array(bins).fill(0), mineSum: 0, itsSum: 0 });
let standing = fresh(), round = null, revealed = false, busy = false;
try {
    const kept = JSON.parse(localStorage.getItem("candeia-game"));
    if (kept && Object.keys(standing).every(k => k in kept)) standing = kept;
} catch { /* a browser that keeps nothing plays all the same */ }

const say = v => (v < 0 ? "−" : "") + Math.abs(v).toFixed(2).replace(/^-/, "");
const rounded = v => Math.round(100 * v) / 100 + 0;

function slide(value) {
    $("slider").value = Math.min(1, Math.max(-1, value));
    $("value").textContent = say(rounded(+$("slider").value));
}

async function next() {
    if (busy) return;
    busy = true;
    $("go").disabled = true;
    try {
        round = await fetchJson(`round?hard=${$("hard").checked}`);
        $("picture").src = round.picture;
        $("result").hidden = true;
        $("slider").disabled = false;
        revealed = false;
        slide(0);
        $("go").textContent = "Guess";
    } catch (fault) {
        fail(fault);
    }
    busy = false;
    $("go").disabled = false;
}

async function reveal() {
    if (busy || !round) return;
    busy = true;
    try {
        const guess = rounded(+$("slider").value), { truth, network } = await fetchJson(`reveal?id=${round.id}`);
        const mine = Math.abs(guess - truth), its = Math.abs(network - truth), points = Math.round(100 * Math.max(0, 1 - 2 * mine));
        standing.rounds++;
        standing.score += points;
        standing.streak = mine <= near ? standing.streak + 1 : 0;
        standing.best = Math.max(standing.best, standing.streak);
        if (mine < its) standing.wins++;
        for (const [errors, error] of [[standing.mine, mine], [standing.its, its]]) errors[Math.min(bins - 1, Math.floor(error / width))]++;
        standing.mineSum += mine;
        standing.itsSum += its;
        try { localStorage.setItem("candeia-game", JSON.stringify(standing)); } catch { /* as above */ }
        revealed = true;
        $("slider").disabled = true;
        $("go").textContent = "Next";
        $("result").hidden = false;
        for (const [id, v] of [["you", guess], ["network", network], ["truth", truth]]) {
            $(id).style.left = `${50 + 50 * v}%`;
            $(id).classList.toggle("left", v < -0.8);
            $(id).classList.toggle("right", v > 0.8);
        }
        $("verdict").textContent = `${mine <= 0.03 ? "Bull's eye" : mine <= near ? "Close" : mine <= 0.25 ? "Not far" : "Off"}: ${mine < its ? "you were closer than the network" : mine > its ? "the network was closer" : "a draw"}. +${points}`;
        $("numbers").textContent = `truth ${say(rounded(truth))}, you ${say(guess)}, network ${say(rounded(network))}`;
        show();
    } catch (fault) {
        fail(fault);
    }
    busy = false;
}

function fail(fault) {
    $("result").hidden = false;
    $("verdict").textContent = fault instanceof TypeError ? "The game has been stopped: start it again, and reload this page." : fault.message;
    $("numbers").textContent = "";
}

function show() {
    $("score").textContent = standing.score.toLocaleString("en");
    $("streak").textContent = standing.streak < standing.best ? `${standing.streak} of ${standing.best}` : standing.streak;
    $("rounds").textContent = standing.rounds;
    $("wins").textContent = standing.rounds ? `${Math.round(100 * standing.wins / standing.rounds)} %` : "–";
    $("mine").textContent = standing.rounds ? (standing.mineSum / standing.rounds).toFixed(2) : "–";
    $("its").textContent = standing.rounds ? (standing.itsSum / standing.rounds).toFixed(2) : "–";
    const most = Math.max(1, ...standing.mine, ...standing.its), svg = $("histogram"), left = 10, step = 620 / bins, floor = 140;
    const shape = (name, more, text) => {
        const e = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [k, v] of Object.entries(more)) e.setAttribute(k, v);
        if (text !== undefined) e.textContent = text;
        return e;
    };
    svg.replaceChildren(shape("line", { x1: left, x2: left + 620, y1: floor, y2: floor, stroke: "var(--axis)" }));
    for (let i = 0; i < bins; i++) {
        const x = left + i * step;
        for (const [k, errors] of [standing.mine, standing.its].entries()) {
            const height = 116 * errors[i] / most;
            svg.append(shape("rect", { x: x + 3 + k * (step / 2 - 2), y: floor - height, width: step / 2 - 4, height, rx: 2, fill: `var(--hue${k})` }));
            if (errors[i]) svg.append(shape("text", { x: x + 1 + k * (step / 2 - 2) + step / 4, y: floor - height - 4, "text-anchor": "middle" }, errors[i]));
        }
        if (i % 2 === 0) svg.append(shape("text", { x, y: floor + 18, "text-anchor": i ? "middle" : "start" }, i === bins - 1 ? "0.50+" : (i * width).toFixed(2)));
    }
}

const act = () => revealed ? next() : reveal();
$("slider").oninput = () => slide(+$("slider").value);
$("go").onclick = act;
$("hard").onchange = () => { if (!revealed) next(); };
$("again").onclick = () => {
    standing = fresh();
    try { localStorage.removeItem("candeia-game"); } catch { /* as above */ }
    show();
    next();
};
addEventListener("keydown", e => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const step = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1 }[e.key];
    if (step && !revealed && !e.target.matches("input[type=checkbox]")) slide(rounded(+$("slider").value + step * (e.shiftKey ? 10 : 1)));
    else if (e.key === "Enter" && !e.target.matches("button")) act();
    else if (e.key.toLowerCase() === "h") $("hard").click();
    else return;
    e.preventDefault();
});
show();
next();
