using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace Candeia;

/// <summary>Writes archives as <c>torch.save</c> does: one pickle of protocol 2, and the numbers of each tensor at a multiple of 64 bytes.</summary>
internal sealed class PyTorchWriter
{
    const int Alignment = 64, MostDeep = 64;
    readonly ArrayBufferWriter<byte> _pickle = new();
    readonly List<Tensor> _storages = [];
    readonly Dictionary<Tensor, int> _known = [];

    public PyTorchWriter(IEnumerable<KeyValuePair<string, object?>> content)
    {
        Op(0x80);
        Op(2);
        Dictionary(content, 0);
        Op('.');
    }

    public void Save(string path) => WholeFile.Write(path, stream =>
    {
        string stem = Path.GetFileNameWithoutExtension(path) is { Length: > 0 } name ? name : "archive";
        var zip = new ZipWriter(stream);
        zip.Add($"{stem}/data.pkl", Alignment, false, s => s.Write(_pickle.WrittenSpan));
        zip.Add($"{stem}/byteorder", Alignment, false, s => s.Write("little"u8));
        for (int i = 0; i < _storages.Count; i++)
        {
            var tensor = _storages[i];
            zip.Add(FormattableString.Invariant($"{stem}/data/{i}"), Alignment, false, s => tensor.ReadBytes(s.Write));
        }
        zip.Add($"{stem}/version", Alignment, false, s => s.Write("3\n"u8));
        zip.Finish();
    });

    void Value(object? value, int depth)
    {
        if (depth > MostDeep) throw new TensorFileException($"Values lie in each other more than {MostDeep} deep, or in themselves.");
        switch (value)
        {
            case null: Op('N'); break;
            case Tensor tensor: Tensor(tensor); break;
            case string text: Text(text); break;
            case bool truth: Op(truth ? 0x88 : 0x89); break;
            case int whole: Whole(whole); break;
            case long whole: Whole(whole); break;
            case float number: Number(number); break;
            case double number: Number(number); break;
            case IEnumerable<KeyValuePair<string, Tensor>> tensors: Dictionary(tensors.Select(t => KeyValuePair.Create(t.Key, (object?)t.Value)), depth); break;
            case IEnumerable<KeyValuePair<string, object?>> values: Dictionary(values, depth); break;
            case IEnumerable list:
                Op(']');
                Op('(');
                foreach (object? item in list) Value(item, depth + 1);
                Op('e');
                break;
            default: throw new TensorFileException($"A value of type {value.GetType().Name} cannot be saved: tensors, texts, numbers, truth values, null, lists and dictionaries with text keys can.");
        }
    }

    void Dictionary(IEnumerable<KeyValuePair<string, object?>> entries, int depth)
    {
        HashSet<string> names = [];
        OrderedDictionary();
        Op('(');
        foreach (var (name, value) in entries)
        {
            if (!names.Add(name)) throw new TensorFileException($"Two values are named {TensorFileException.Quote(name)}; a file needs one name for each.");
            Text(name);
            Value(value, depth + 1);
        }
        Op('u');
    }

    void Tensor(Tensor tensor)
    {
        if (!_known.TryGetValue(tensor, out int key))
        {
            _known.Add(tensor, key = _storages.Count);
            _storages.Add(tensor);
        }
        Global("torch._utils", "_rebuild_tensor_v2");
        Op('(');
        Op('(');
        Text("storage");
        Global("torch", PyTorchType.StorageOf(tensor.DType));
        Text(FormattableString.Invariant($"{key}"));
        Text("cpu");
        Whole(tensor.Numel);
        Op('t');
        Op('Q');
        Whole(0);
        Tuple([.. tensor.Shape.Select(n => (long)n)]);
        Tuple(Layout.Of(tensor.Shape).Strides);
        Op(0x89);
        OrderedDictionary();
        Op('t');
        Op('R');
    }

    void OrderedDictionary()
    {
        Global("collections", "OrderedDict");
        Op(')');
        Op('R');
    }

    void Tuple(ReadOnlySpan<long> numbers)
    {
        Op('(');
        foreach (long number in numbers) Whole(number);
        Op('t');
    }

    void Global(string module, string name)
    {
        Op('c');
        _pickle.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Op('X');
        Little(bytes.Length, 4);
        _pickle.Write(bytes);
    }

    void Whole(long value)
    {
        if (value is >= 0 and < 256) Sized('K', value, 1);
        else if (value is >= 0 and < 65536) Sized('M', value, 2);
        else if (value is >= int.MinValue and <= int.MaxValue) Sized('J', value, 4);
        else
        {
            Op(0x8a);
            Op(8);
            Little(value, 8);
        }
    }

    void Sized(char op, long value, int bytes)
    {
        Op(op);
        Little(value, bytes);
    }

    void Number(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        Op('G');
        _pickle.Write(bytes);
    }

    void Little(long value, int bytes)
    {
        for (int i = 0; i < bytes; i++) Op((int)(value >> 8 * i) & 0xFF);
    }

    void Op(int code)
    {
        _pickle.GetSpan(1)[0] = (byte)code;
        _pickle.Advance(1);
    }
}
