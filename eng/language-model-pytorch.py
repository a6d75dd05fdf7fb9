#!/usr/bin/env python3
"""Trains in PyTorch what `./run language-model --text FILE` trains, and draws both curves.

  eng/language-model-pytorch.py train TEXT OUT [STEPS]     losses.csv and the bits per character of the text held back, in the folder OUT
  eng/language-model-pytorch.py draw CANDEIA OUT PICTURE   both losses.csv as one SVG: means over a fiftieth of the steps

The same network, beginning, optimizer, schedule, clipping, batches of the same size drawn without replacement; other random numbers.
"""
import csv
import math
import sys
import time

LAYERS, HEADS, WIDTH, CONTEXT, BATCH, RATE = 4, 4, 128, 64, 16, 2e-3


def train(text_file, out, steps):
    import os
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.ln1, self.ln2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.attn, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
            self.fc, self.out = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
            for layer, std in ((self.attn, 0.02), (self.fc, 0.02), (self.proj, 0.02 / math.sqrt(2 * LAYERS)), (self.out, 0.02 / math.sqrt(2 * LAYERS))):
                nn.init.normal_(layer.weight, std=std)
                nn.init.zeros_(layer.bias)

        def forward(self, x, mask):
            n, length, _ = x.shape
            q, k, v = (t.view(n, length, HEADS, -1).transpose(1, 2) for t in self.attn(self.ln1(x)).chunk(3, -1))
            a = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])).masked_fill(mask[:length, :length], -math.inf).softmax(-1) @ v
            x = x + self.proj(a.transpose(1, 2).reshape(n, length, WIDTH))
            return x + self.out(F.gelu(self.fc(self.ln2(x)), approximate="tanh"))

    class Gpt(nn.Module):
        def __init__(self, vocabulary):
            super().__init__()
            self.wte, self.wpe = nn.Embedding(vocabulary, WIDTH), nn.Embedding(CONTEXT, WIDTH)
            nn.init.normal_(self.wte.weight, std=0.02)
            nn.init.normal_(self.wpe.weight, std=0.02)
            self.blocks, self.ln = nn.ModuleList(Block() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)
            self.register_buffer("mask", torch.ones(CONTEXT, CONTEXT, dtype=torch.bool).triu(1))

        def forward(self, tokens):
            x = self.wte(tokens) + self.wpe.weight[:tokens.shape[1]]
            for block in self.blocks:
                x = block(x, self.mask)
            return self.ln(x) @ self.wte.weight.T

    torch.manual_seed(777)
    torch.set_num_threads(2)
    text = open(text_file, encoding="utf-8").read()
    kinds = sorted(set(text))
    number = {c: i for i, c in enumerate(kinds)}
    tokens = torch.tensor([number[c] for c in text])
    cut = int(0.9 * len(text))
    learn, held = tokens[:cut], tokens[cut:]
    net = Gpt(len(kinds))
    optimizer = torch.optim.AdamW(net.parameters(), RATE, betas=(0.9, 0.99), weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1, cycle_momentum=False, final_div_factor=4)
    order, losses, began = torch.randperm(len(learn) - CONTEXT), [], time.time()
    reach = torch.arange(CONTEXT + 1)
    for step in range(steps):
        window = learn[order[step * BATCH:(step + 1) * BATCH, None] + reach]
        optimizer.zero_grad()
        loss = F.cross_entropy(net(window[:, :-1]).flatten(0, 1), window[:, 1:].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    seconds = time.time() - began
    with torch.no_grad():
        pieces = (len(held) - 1) // CONTEXT
        x, y = held[:pieces * CONTEXT].view(-1, CONTEXT), held[1:pieces * CONTEXT + 1].view(-1, CONTEXT)
        nats = sum(F.cross_entropy(net(a).flatten(0, 1), b.flatten(), reduction="sum").item() for a, b in zip(x.split(256), y.split(256)))
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "losses.csv"), "w") as file:
        file.write("step,loss\n" + "".join(f"{i + 1},{l}\n" for i, l in enumerate(losses)))
    print(f"{sum(p.numel() for p in net.parameters()):,} parameters, {len(kinds)} kinds of characters, {steps} steps in {seconds:.1f} s; "
          f"loss at the end {sum(losses[-50:]) / 50:.4f}; held back {nats / (pieces * CONTEXT) / math.log(2):.3f} bits per character")


def means(folder):
    with open(f"{folder}/losses.csv") as file:
        bits = [float(row["loss"]) / math.log(2) for row in csv.DictReader(file)]
    width = max(1, len(bits) // 50)
    return [((i + 0.5) * width, sum(bits[i * width:(i + 1) * width]) / width) for i in range(len(bits) // width)]


def draw(candeia, pytorch, picture):
    curves = [("Candeia", "#0072b2", means(candeia)), ("PyTorch", "#d55e00", means(pytorch))]
    end = curves[0][2][-1][0] * 1.02
    low = min(v for _, _, c in curves for _, v in c) - 0.1
    high = max(v for _, _, c in curves for _, v in c) + 0.1
    at = lambda step, bits: (60 + 520 * step / end, 20 + 270 * (high - bits) / (high - low))
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 340" font-family="sans-serif" font-size="12">',
             '<title>Bits per character while it learns, beside PyTorch</title>', '<rect width="640" height="340" fill="white"/>']
    for bits in range(math.ceil(low), math.floor(high) + 1):
        y = at(0, bits)[1]
        lines.append(f'<path d="M60 {y:.1f}H580" stroke="#ddd"/><text x="52" y="{y + 4:.1f}" text-anchor="end">{bits}</text>')
    for part in range(0, 6):
        step = round(end / 5 * part, -2)
        if step <= end:
            lines.append(f'<text x="{at(step, low)[0]:.1f}" y="308" text-anchor="middle">{step:.0f}</text>')
    lines.append('<path d="M60 20V290H580" fill="none" stroke="#333"/><text x="320" y="330" text-anchor="middle">steps</text>'
                 '<text transform="translate(16 155) rotate(-90)" text-anchor="middle">bits per character, training</text>')
    for i, (name, color, curve) in enumerate(curves):
        dashes = ' stroke-dasharray="6 3"' if i else ""
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*p) for p in curve))
        lines.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"{dashes}/>'
                     f'<path d="M440 {40 + 20 * i}h30" stroke="{color}" stroke-width="2"{dashes}/><text x="478" y="{44 + 20 * i}">{name}</text>')
    with open(picture, "w") as file:
        file.write("\n".join(lines + ["</svg>", ""]))
    for (a, x), (_, y) in list(zip(curves[0][2], curves[1][2]))[::10] + [(curves[0][2][-1], curves[1][2][-1])]:
        print(f"step {a:.0f}: {x:.3f} and {y:.3f} bits")


if sys.argv[1:2] == ["train"] and len(sys.argv) > 3:
    train(sys.argv[2], sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 2600)
elif sys.argv[1:2] == ["draw"] and len(sys.argv) == 5:
    draw(*sys.argv[2:])
else:
    sys.exit(__doc__)
