using System.Collections.Frozen;
using System.Numerics;
using System.Text;

namespace Candeia;

/// <summary>The names that files of weights consist of. They make values; nothing else is known, so nothing else can happen.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="keepsForeign">Whether names that are not known stand for themselves, as records, instead of being refused.</param>
/// <param name="persistent">Finds what lies elsewhere in the file.</param>
internal sealed class PyTorchNames(FileBytes file, bool keepsForeign, Func<object?, object?> persistent) : IPickleNames
{
    static readonly FrozenDictionary<string, PickleFunction> s_functions = new PickleFunction[]
    {
        new("collections.OrderedDict", Dictionary), new("collections.Counter", Dictionary), new("builtins.dict", Dictionary), new("__builtin__.dict", Dictionary),
        new("torch._utils._rebuild_tensor", a => a is [PyTorchStorage s, var offset, var size, var stride] ? PyTorchTensor.Of(s, s.Type, offset, size, stride, false) : null),
        new("torch._utils._rebuild_tensor_v2", Tensor2), new("torch._utils._rebuild_tensor_v3", Tensor3),
        new("torch._utils._rebuild_parameter", a => a is [PyTorchTensor t, bool, _] ? t : null),
        new("torch._utils._rebuild_parameter_with_state", a => a is [PyTorchTensor t, bool, _, _] ? t : null),
        new("torch._tensor._rebuild_from_type_v2", a => a is [PickleFunction f, _, object?[] arguments, _] && f.Name.StartsWith("torch._utils._rebuild", StringComparison.Ordinal) ? f.Make(arguments) : null),
        new("torch.Size", a => a is [object?[] sizes] ? sizes : null), new("torch.device", a => a is [string] or [string, long] ? string.Join(':', a) : null),
        new("torch.serialization._get_layout", a => a is [string layout] ? layout : null),
        new("_codecs.encode", Encode),
        new("builtins.set", List), new("__builtin__.set", List), new("builtins.bytearray", Bytes), new("__builtin__.bytearray", Bytes),
        new("builtins.complex", a => a is [double real, double imaginary] ? new Complex(real, imaginary) : null),
        new("__builtin__.complex", a => a is [double real, double imaginary] ? new Complex(real, imaginary) : null),
        new("numpy.dtype", NumpyType.Of), new("numpy.core.multiarray.scalar", NumpyType.Scalar), new("numpy._core.multiarray.scalar", NumpyType.Scalar),
    }.ToFrozenDictionary(f => f.Name);

    static readonly FrozenDictionary<string, string> s_refused = new Dictionary<string, string>
    {
        ["torch._utils._rebuild_sparse_tensor"] = "a sparse tensor", ["torch._utils._rebuild_sparse_csr_tensor"] = "a sparse tensor",
        ["torch._utils._rebuild_qtensor"] = "a quantized tensor", ["torch._utils._rebuild_meta_tensor_no_storage"] = "a tensor without numbers (meta)",
        ["torch._utils._rebuild_wrapper_subclass"] = "a tensor of a class of its own", ["torch._utils._rebuild_nested_tensor"] = "a nested tensor",
    }.ToFrozenDictionary();

    public object? Find(string module, string name)
    {
        string full = $"{module}.{name}";
        if (s_functions.TryGetValue(full, out var function)) return function;
        if (module is "torch" or "torch.cuda" or "torch.storage" && PyTorchType.OfStorage(name) is { } storage) return storage;
        if (module == "torch" && PyTorchType.Named(name) is { } type) return type;
        if (full is "torch.nn.parameter.Parameter" or "torch.Tensor" or "torch._tensor.Tensor") return new PickleFunction(full, _ => null);
        if (s_refused.TryGetValue(full, out string? what)) throw file.Error($"it holds {what}, which tensors here cannot be; convert it where it was written");
        if (module == "torch" && name.StartsWith('Q') && name.EndsWith("Storage", StringComparison.Ordinal)) throw file.Error($"it holds a quantized tensor, which tensors here cannot be; dequantize it where it was written");
        if (keepsForeign) return new ForeignObject(full, null);
        throw file.Error($"it names {TensorFileException.Quote(full)}, which is not among what files of weights are made of; nothing was run. Save a state_dict, or open the file with keepForeign: true");
    }

    public object? Persistent(object? id) => persistent(id);

    static PyTorchTensor? Tensor2(object?[] a) => a switch
    {
        [PyTorchStorage s, var offset, var size, var stride, bool requires, _] => PyTorchTensor.Of(s, s.Type, offset, size, stride, requires),
        [PyTorchStorage s, var offset, var size, var stride, bool requires, _, var metadata] => PyTorchTensor.Of(s, s.Type, offset, size, stride, requires, Is(metadata, "conj"), Is(metadata, "neg")),
        _ => null,
    };

    static PyTorchTensor? Tensor3(object?[] a) => a switch
    {
        [PyTorchStorage s, var offset, var size, var stride, bool requires, _, PyTorchType type] => PyTorchTensor.Of(s, type, offset, size, stride, requires),
        [PyTorchStorage s, var offset, var size, var stride, bool requires, _, PyTorchType type, var metadata] => PyTorchTensor.Of(s, type, offset, size, stride, requires, Is(metadata, "conj"), Is(metadata, "neg")),
        _ => null,
    };

    static bool Is(object? metadata, string key) => metadata is PickleDictionary said && said.TryGetValue(key, out var value) && value is true;

    // With a list of pairs, as Python 2 wrote them, or a dictionary.
    static PickleDictionary? Dictionary(object?[] arguments)
    {
        var made = new PickleDictionary();
        switch (arguments)
        {
            case []: return made;
            case [PickleDictionary given]:
                foreach (var (key, value) in given) made.TrySet(key, value);
                return made;
            case [PickleList pairs]:
                foreach (var pair in pairs)
                {
                    var (key, value) = pair switch { object?[] and [var k, var v] => (k, v), PickleList { Count: 2 } list => (list[0], list[1]), _ => default };
                    if (!made.TrySet(key, value)) return null;
                }
                return made;
            default: return null;
        }
    }

    static PickleList? List(object?[] arguments)
    {
        var made = new PickleList();
        if (arguments is not ([] or [PickleList])) return null;
        if (arguments is [PickleList items]) foreach (var item in items) made.Add(item);
        return made;
    }

    static byte[]? Encode(object?[] a) => a is [string text, "latin1" or "latin-1"] && text.All(c => c < 256) ? Encoding.Latin1.GetBytes(text) : null;

    static byte[]? Bytes(object?[] a) => a switch { [] => Array.Empty<byte>(), [byte[] bytes] => bytes, [string text, "latin-1" or "latin1"] => Encode([text, "latin1"]), _ => null };
}
