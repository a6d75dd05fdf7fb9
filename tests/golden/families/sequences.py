"""Recurrent layers, attention and transformers, with every option, from given weights."""
import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence
from torch.nn.utils.stateless import functional_call

from record import Family, values

ATTENTION = dict(embed_dim=4, num_heads=2)


def generate():
    family = Family("sequences")
    recurrent(family)
    cells(family)
    attention(family)
    transformers(family)
    family.write()


def weights_of(module):
    return {n: values(*p.shape, low=-1, high=1, key=n) for n, p in module.named_parameters()}


def recurrent(family):
    for kind in ("RNN", "LSTM", "GRU"):
        both = dict(num_layers=2, bidirectional=True)
        for arguments in ({}, both, dict(bias=False, batch_first=True), *([dict(nonlinearity="relu")] if kind == "RNN" else []), *([dict(proj_size=2), both | dict(proj_size=2, bias=False)] if kind == "LSTM" else [])):
            directions = arguments.get("num_layers", 1) * (2 if arguments.get("bidirectional") else 1)
            weights = weights_of(getattr(nn, kind)(2, 3, **arguments))
            states = lambda *n: [values(directions, *n, arguments.get("proj_size", 3), low=-1, high=1, key="h")] + ([values(directions, *n, 3, low=-1, high=1, key="c")] if kind == "LSTM" else [])
            batch = values(3, 4, 2, key="x") if arguments.get("batch_first") else values(4, 3, 2, key="x")
            family.case(kind.lower(), run_recurrent, batch, *states(3), **weights, kind=kind, arguments=arguments, label="states")
            if not arguments or arguments == both: family.case(kind.lower(), run_recurrent, values(4, 2, key="x"), *states(), **weights, kind=kind, arguments=arguments, label="alone")
            family.case(kind.lower(), run_recurrent, batch, *states(3), **weights, kind=kind, arguments=arguments, lengths=[2, 4, 1], label="packed")
        family.case(kind.lower(), run_recurrent, values(4, 3, 2, key="x"), **weights_of(getattr(nn, kind)(2, 3)), kind=kind, arguments={}, label="zeros")


def run_recurrent(x, *states, kind, arguments, lengths=None, **weights):
    layer = getattr(nn, kind)(2, 3, **arguments).double()
    layer._flat_weights = list(weights.values())
    first = arguments.get("batch_first", False)
    if lengths: x = pack_padded_sequence(x, lengths, batch_first=first, enforce_sorted=False)
    y, after = layer(x, None if not states else states if kind == "LSTM" else states[0])
    if isinstance(y, PackedSequence): y = pad_packed_sequence(y, batch_first=first, padding_value=0.5)[0]
    return (y, *after) if isinstance(after, tuple) else (y, after)


def cells(family):
    for kind, arguments in (("RNNCell", {}), ("RNNCell", dict(nonlinearity="relu", bias=False)), ("LSTMCell", {}), ("LSTMCell", dict(bias=False)), ("GRUCell", {}), ("GRUCell", dict(bias=False))):
        weights = weights_of(getattr(nn, kind)(2, 3, **arguments))
        for shape in ((4,), ()):
            states = [values(*shape, 3, low=-1, high=1, key=k) for k in ("hc" if kind == "LSTMCell" else "h")]
            family.case(kind.lower(), run_cell, values(*shape, 2, key="x"), *states, **weights, kind=kind, arguments=arguments)
            family.case(kind.lower(), run_cell, values(*shape, 2, key="x"), **weights, kind=kind, arguments=arguments, label="zeros")


def run_cell(x, *states, kind, arguments, **weights):
    return functional_call(getattr(nn, kind)(2, 3, **arguments).double(), weights, (x, None if not states else states if kind == "LSTMCell" else states[0]))


def attention(family):
    """Outputs, and weights where they are asked for."""
    query, key, value = values(2, 3, 4, key="q"), values(2, 5, 4, key="k"), values(2, 5, 4, key="v")
    hidden = torch.tensor([[False, True, False, False, True], [True, False, False, False, False], [False, False, False, True, False]])
    padding = torch.tensor([[False, False, False, False, False], [False, False, True, False, True]])
    added = values(4, 3, 5, low=-1, high=1, key="mask")
    run = lambda label, q=query, k=key, v=value, arguments={}, **call: family.case(
        "multihead_attention", run_attention, q, k, v, **weights_of(nn.MultiheadAttention(**ATTENTION | arguments)), arguments=ATTENTION | arguments, label=label, **call)
    run("plain", need_weights=False)
    run("weights", need_weights=True)
    run("weights of heads", need_weights=True, average_attn_weights=False)
    run("hidden", need_weights=True, attn_mask=hidden)
    run("added", need_weights=True, attn_mask=added)
    run("padding", need_weights=True, key_padding_mask=padding)
    run("padding and hidden", need_weights=False, key_padding_mask=padding, attn_mask=hidden)
    run("no bias", arguments=dict(bias=False), need_weights=True)
    run("other sizes", k=values(2, 5, 3, key="k"), v=values(2, 5, 6, key="v"), arguments=dict(kdim=3, vdim=6), need_weights=True)
    run("bias kv", arguments=dict(add_bias_kv=True), need_weights=True)
    run("bias kv, masked", arguments=dict(add_bias_kv=True, add_zero_attn=True), need_weights=True, key_padding_mask=padding, attn_mask=hidden)
    run("zero", arguments=dict(add_zero_attn=True), need_weights=True, average_attn_weights=False)
    run("steps first", q=query.transpose(0, 1), k=key.transpose(0, 1), v=value.transpose(0, 1), arguments=dict(batch_first=False), need_weights=True, key_padding_mask=padding)
    run("alone", q=query[0], k=key[0], v=value[0], need_weights=True, attn_mask=hidden)


def run_attention(q, k, v, arguments, need_weights, average_attn_weights=True, attn_mask=None, key_padding_mask=None, **weights):
    module = nn.MultiheadAttention(**dict(batch_first=True) | arguments).double()
    y, found = functional_call(module, weights, (q, k, v), dict(key_padding_mask=key_padding_mask, need_weights=need_weights, attn_mask=attn_mask, average_attn_weights=average_attn_weights))
    return (y, found) if need_weights else y


def transformers(family):
    size = dict(d_model=4, nhead=2, dim_feedforward=6, dropout=0.0)
    ahead, padding = torch.ones(3, 3, dtype=torch.bool).triu(1), torch.tensor([[False, False, False], [False, False, True]])
    x, memory = values(2, 3, 4, key="x"), values(2, 5, 4, key="memory")
    for arguments in ({}, dict(norm_first=True), dict(activation="gelu")):
        run = lambda op, *inputs, label="", **call: family.case(op, run_transformer, *inputs, **weights_of(build(op, size | arguments)), arguments=size | arguments, label=label, **call)
        run("encoder_layer", x)
        run("encoder_layer", x, label="masked", src_mask=ahead, src_key_padding_mask=padding)
        run("decoder_layer", x, memory)
        run("decoder_layer", x, memory, label="masked", tgt_mask=ahead, tgt_key_padding_mask=padding)
    run("encoder", x, label="stack", mask=ahead)
    run("decoder", x, memory, label="stack", tgt_mask=ahead)
    run("transformer", memory, x, tgt_mask=ahead)


def build(op, arguments):
    first = dict(batch_first=True) | arguments
    norm = lambda: nn.LayerNorm(arguments["d_model"])
    return {
        "encoder_layer": lambda: nn.TransformerEncoderLayer(**first),
        "decoder_layer": lambda: nn.TransformerDecoderLayer(**first),
        "encoder": lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(**first), 2, norm()),
        "decoder": lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(**first), 2, norm()),
        "transformer": lambda: nn.Transformer(**first, num_encoder_layers=1, num_decoder_layers=1),
    }[op]().double()


def run_transformer(*inputs, arguments, **rest):
    op = "transformer" if len(inputs) == 2 and any(k.startswith("encoder.") for k in rest) else None
    if op is None:
        stack = any(k.startswith("layers.") for k in rest)
        op = ("decoder" if len(inputs) == 2 else "encoder") + ("" if stack else "_layer")
    module = build(op, arguments)
    names = {n for n, _ in module.named_parameters()}
    return functional_call(module, {k: v for k, v in rest.items() if k in names}, inputs, {k: v for k, v in rest.items() if k not in names})
