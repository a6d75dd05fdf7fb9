"""Files in each container that torch.save has ever written, in checkpoints/, and what is in them. Views share storages, have offsets and strides."""
import hashlib
import io
import pickle
import struct
import tarfile
import warnings

import torch

from record import FOLDER, name_of, save_json, values

HOME = FOLDER / "checkpoints"
TYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]


def tensors(types):
    base = values(4, 6, dtype=torch.float32)
    all = {name_of(t): (values(3, 2, key="types") * 8).to(t) for t in types}
    return all | {"base": base, "view": base[1:3, ::2], "turned": base.t(), "row": base[3], "empty": torch.zeros(0, 3), "scalar": torch.tensor(2.5)}


def flat(value, path=""):
    if isinstance(value, torch.Tensor): yield path, value
    elif isinstance(value, dict):
        for key, item in value.items(): yield from flat(item, f"{path}.{key}" if path else str(key))


def described(content):
    def of(t):
        raw = bytes(t.detach().resolve_conj().contiguous().clone().storage().untyped()) if t.numel() else b""
        return {"dtype": name_of(t.dtype), "shape": list(t.shape), "stride": list(t.stride()), "sha256": hashlib.sha256(raw).hexdigest()}
    return {name: of(t) for name, t in flat(content)}


def save_tar(content, path):
    """The container of PyTorch 0.1.1, which torch.load still reads but nothing writes any more."""
    def dump(stream, value): pickle.dump(value, stream, protocol=2)

    storages, described, pickled = {}, io.BytesIO(), io.BytesIO()
    known = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            if not isinstance(value, torch.Tensor): return None
            known.setdefault(id(value), value)
            return str(id(value))

    Pickler(pickled, protocol=2).dump(content)
    dump(described, len(known))
    for key, t in known.items():
        storages.setdefault(t.storage().data_ptr(), t.storage())
        dump(described, (key, t.storage().data_ptr(), torch.Tensor))
        described.write(struct.pack("<ii", t.dim(), 0) + struct.pack(f"<{t.dim()}q", *t.shape) + struct.pack(f"<{t.dim()}q", *t.stride()) + struct.pack("<q", t.storage_offset()))
    stored = io.BytesIO()
    dump(stored, len(storages))
    for key, s in storages.items():
        kind = torch.empty(0, dtype=s.dtype).type().removeprefix("torch.").replace("Tensor", "Storage")
        dump(stored, (key, "cpu", getattr(torch, kind)))
        stored.write(struct.pack("<q", s.size()) + bytes(s.untyped()))
    dump(stored, [])
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, part in (("sys_info", io.BytesIO(pickle.dumps({}, protocol=2))), ("pickle", pickled), ("tensors", described), ("storages", stored)):
            info = tarfile.TarInfo(name)
            info.size = len(part.getvalue())
            part.seek(0)
            tar.addfile(info, part)


def generate():
    warnings.simplefilter("ignore")
    HOME.mkdir(exist_ok=True)
    all = tensors(TYPES + [torch.complex64, torch.complex128])
    all["parameter"] = torch.nn.Parameter(all["row"].clone())
    content = {"model": all, "epoch": 3, "loss": 0.25, 7: {"deep": all["turned"]}}
    torch.save(content, HOME / "zip.pt")
    torch.save(content, HOME / "protocol4.pt", pickle_protocol=4)
    torch.save(content, HOME / "legacy.pt", _use_new_zipfile_serialization=False)
    old = {key: t for key, t in tensors([torch.float64, torch.float32, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]).items() if t.numel() and t.dim()}
    save_tar(old, HOME / "tar.pt")
    for key, t in torch.load(HOME / "tar.pt").items(): assert torch.equal(t, old[key]) and t.stride() == old[key].stride(), key
    save_json("checkpoints", {"zip.pt": described(content), "protocol4.pt": described(content), "legacy.pt": described(content), "tar.pt": described(old)})
