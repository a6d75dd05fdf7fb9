"""GPT-2 written out in PyTorch, with the names and layouts of its published weights: scores, loss and gradients, and the same after a step of AdamW."""
import math

import torch
import torch.nn.functional as F
from torch import nn

from record import Family, integers, values

SIZES = dict(vocab_size=11, n_positions=6, n_layer=2, n_head=2, n_embd=8)


class Conv1D(nn.Module):
    """A linear layer whose matrix stands the other way round."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.zeros(inputs, outputs)), nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.c_attn, self.c_proj = heads, Conv1D(width, 3 * width), Conv1D(width, width)

    def forward(self, x):
        n, length, width = x.shape
        q, k, v = (t.view(n, length, self.heads, width // self.heads).transpose(1, 2) for t in self.c_attn(x).split(width, 2))
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        scores = scores.masked_fill(torch.ones(length, length, dtype=torch.bool).triu(1), -math.inf)
        return self.c_proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.c_fc, self.c_proj = Conv1D(width, 4 * width), Conv1D(4 * width, width)

    def forward(self, x):
        x = self.c_fc(x)
        return self.c_proj(0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.ln_1, self.attn, self.ln_2, self.mlp = nn.LayerNorm(width), Attention(width, heads), nn.LayerNorm(width), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt(nn.Module):
    def __init__(self, vocab_size, n_positions, n_layer, n_head, n_embd):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocab_size, n_embd), nn.Embedding(n_positions, n_embd)
        self.h = nn.ModuleList(Block(n_embd, n_head) for _ in range(n_layer))
        self.ln_f = nn.LayerNorm(n_embd)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe.weight[:tokens.shape[1]]
        for block in self.h: x = block(x)
        return self.ln_f(x) @ self.wte.weight.T


def generate():
    family = Family("gpt")
    model = Gpt(**SIZES).double()
    with torch.no_grad():
        for key, p in model.named_parameters(): p.copy_(values(*p.shape, low=-0.5, high=0.5, key=key) + (1 if "ln_" in key and key.endswith("weight") else 0))
    tokens = integers(3, 7, high=SIZES["vocab_size"], key="tokens")
    arrays = {"tokens": tokens} | {f"before.{k}": v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    losses = []
    for step in range(3):
        optimizer.zero_grad()
        scores = model(tokens[:, :-1])
        loss = F.cross_entropy(scores.flatten(0, 1), tokens[:, 1:].flatten())
        loss.backward()
        if step == 0: arrays |= {"scores": scores} | {f"grad.{k}": p.grad.clone() for k, p in model.named_parameters()}
        losses.append(loss.detach())
        optimizer.step()
    family.add("gpt2/three steps", SIZES | dict(lr=1e-2), arrays | {"losses": torch.stack(losses)})
    family.write()
