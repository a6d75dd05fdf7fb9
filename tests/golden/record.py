"""Records what PyTorch computes: a Family collects cases and writes them to one safetensors file."""
import json
import struct
import zlib
from pathlib import Path

import torch

FOLDER = Path(__file__).parent
DTYPES = {torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64",
          torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64"}
RANK = ["BOOL", "U8", "I8", "I16", "F16", "BF16", "I32", "F32", "F64", "I64"]   # the order in which the format's reference writes them


def name_of(dtype):
    return str(dtype).removeprefix("torch.")


def save(path, tensors, metadata):
    """The safetensors format: length of the header, JSON padded to a multiple of 8, raw little-endian values."""
    header, data, offset = {"__metadata__": metadata}, [], 0
    for key in sorted(tensors, key=lambda k: (-RANK.index(DTYPES[tensors[k].dtype]), k)):
        raw = tensors[key].detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": DTYPES[tensors[key].dtype], "shape": list(tensors[key].shape), "data_offsets": [offset, offset + len(raw)]}
        data.append(raw)
        offset += len(raw)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


def save_json(name, value):
    (FOLDER / f"{name}.json").write_text(pretty(value, "") + "\n")


def pretty(value, indent):
    """JSON that reads like a table: what fits on a line stays on it."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(line) <= 150 or not isinstance(value, (dict, list)): return line
    inner = indent + "  "
    if isinstance(value, dict): return "{\n" + ",\n".join(f"{inner}{json.dumps(k)}: {pretty(v, inner)}" for k, v in value.items()) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + pretty(v, inner) for v in value) + f"\n{indent}]"


def seeded(key):
    return torch.Generator().manual_seed(zlib.crc32(str(key).encode()))


def values(*shape, low=-2.0, high=2.0, key="", dtype=torch.float64):
    """Random multiples of 1/256: float32 holds them exactly, so that a test in float32 starts from the same numbers."""
    whole = torch.randint(int(low * 256), int(high * 256) + 1, shape, generator=seeded((shape, low, high, key)))
    return (whole.double() / 256).to(dtype)


def distinct(*shape, key="", dtype=torch.float64):
    """Random numbers of which no two are equal, for what sorts or picks."""
    n = torch.Size(shape).numel()
    return ((torch.randperm(n, generator=seeded((shape, key))).double() - n // 2) / 8 + 0.0625).reshape(shape).to(dtype)


def integers(*shape, low=0, high=10, key="", dtype=torch.int64):
    return torch.randint(low, high, shape, generator=seeded((shape, low, high, key))).to(dtype)


def plain(value):
    """An argument as JSON says it."""
    if isinstance(value, torch.dtype): return name_of(value)
    if isinstance(value, (list, tuple)): return [plain(v) for v in value]
    if isinstance(value, dict): return {k: plain(v) for k, v in value.items()}
    if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))): return str(value)
    return value


def words(options):
    return [f"{k}={json.dumps(v, separators=(',', ':'))}".replace('"', "") for k, v in options.items()]


class Family:
    """Cases of related operations. The arguments of a case are JSON in the file's metadata; its arrays are named
    <op>/<label>/input0 …, output0 …, grad_output0 … (what is sent backwards) and grad0 … (of each floating input)."""

    def __init__(self, name):
        self.name, self.tensors, self.metadata = name, {}, {}

    def case(self, op, compute, *inputs, label="", grad=True, constant=(), **arguments):
        """Runs compute(*inputs, **arguments). Tensors among the arguments are inputs too, under their own name.
        No gradient is taken for integers, for the names in `constant`, or at all if not `grad`."""
        named = {f"input{i}": x for i, x in enumerate(inputs)} | {k: v for k, v in arguments.items() if isinstance(v, torch.Tensor)}
        options = {k: plain(v) for k, v in arguments.items() if not isinstance(v, torch.Tensor)}
        fresh = {k: v.clone() for k, v in named.items()}                        # layouts are plain, and compute may write to them
        if grad:
            for key, x in fresh.items(): x.requires_grad_(x.is_floating_point() and key not in constant)
        result = compute(*[fresh[f"input{i}"] for i in range(len(inputs))], **{k: fresh.get(k, v) for k, v in arguments.items()})
        outputs = list(result) if isinstance(result, (list, tuple)) else [result]

        shown = named if len(named) <= 5 else {k: x for k, x in named.items() if k.startswith("input")}
        shapes = ",".join(("" if k.startswith("input") else f"{k}:") + ("x".join(map(str, x.shape)) or "scalar") for k, x in shown.items())
        dtypes = {name_of(x.dtype) for x in named.values()}
        case = f"{op}/{' '.join(w for w in [label, shapes, *sorted(dtypes if 'float64' not in dtypes else []), *words(options)] if w)}"
        assert case not in self.metadata, f"{case} occurs twice"
        self.add(case, options, named | {f"output{i}": y for i, y in enumerate(outputs)})

        wanted = {k: x for k, x in fresh.items() if x.requires_grad}
        sources = {i: y for i, y in enumerate(outputs) if y.requires_grad}
        if wanted and sources:
            sent = {i: values(*y.shape, low=-1, high=1, key="sent", dtype=y.dtype) for i, y in sources.items()}
            found = torch.autograd.grad(list(sources.values()), list(wanted.values()), list(sent.values()), allow_unused=True)
            self.add(case, options, {f"grad_output{i}": g for i, g in sent.items()})
            self.add(case, options, {k.replace("input", "grad") if k.startswith("input") else f"grad_{k}": torch.zeros_like(x) if g is None else g for (k, x), g in zip(wanted.items(), found)})

    def add(self, case, options, tensors):
        """A case made by hand."""
        self.metadata[case] = json.dumps(options, separators=(",", ":"), allow_nan=False)
        self.tensors |= {f"{case}/{k}": v.detach().clone() for k, v in tensors.items()}

    def write(self):
        path = FOLDER / f"{self.name}.safetensors"
        save(path, self.tensors, self.metadata)
        print(f"{path.name:24} {len(self.metadata):5} cases {len(self.tensors):6} arrays {path.stat().st_size / 1024:8.0f} KiB")
