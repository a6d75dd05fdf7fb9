using System.Text;

namespace Candeia.Gpu;

/// <summary>What a kernel is given: operands by name, sizes, and numbers of the type that is computed with.</summary>
internal sealed class Parameters(DType type)
{
    readonly List<(string Name, Operand Operand, bool IsOutput)> _operands = [];
    readonly List<(string Name, long Value)> _sizes = [];
    readonly List<(string Name, double Value)> _numbers = [];
    readonly List<(string Name, long Value)> _wholes = [];
    GeneratorState? _start;

    /// <summary>The type that is computed with: T in the text.</summary>
    public DType Type => type;

    /// <summary>How far the indices lead, if further than in the memory of the operands.</summary>
    public long Reach { get; set; }

    /// <summary>Whether indices need 64 bits.</summary>
    public bool AreLarge => Reach > Launch.Large || _operands.Exists(o => o.Operand.Storage.Bytes / o.Operand.DType.Size() > Launch.Large);

    /// <summary>An operand that is read: <c>NAME(i)</c> is element i of its memory, <c>o_NAME</c> where it begins.</summary>
    public Parameters Input(string name, Operand x)
    {
        _operands.Add((name, x, false));
        return this;
    }

    /// <summary>One that is written by <c>SET_NAME(i, v)</c>.</summary>
    public Parameters Output(string name, Operand y)
    {
        _operands.Add((name, y, true));
        return this;
    }

    /// <summary>A size or stride, of the type of indices.</summary>
    public Parameters Size(string name, long value)
    {
        _sizes.Add((name, value));
        return this;
    }

    /// <summary>The strides of an operand by letters: <c>s_NAMEn</c> ….</summary>
    public Parameters Strides(string name, Operand x, string dims)
    {
        for (int d = 0; d < dims.Length; d++) Size($"s_{name}{dims[d]}", x.Layout.Strides[d]);
        return this;
    }

    /// <summary>A number of the type.</summary>
    public Parameters Number(string name, double value)
    {
        _numbers.Add((name, value));
        return this;
    }

    /// <summary>A whole number of 64 bits.</summary>
    public Parameters Whole(string name, long value)
    {
        _wholes.Add((name, value));
        return this;
    }

    /// <summary>Where the random numbers of the op begin: <c>key</c>, <c>stream</c> and <c>position</c>.</summary>
    public Parameters Start(GeneratorState start)
    {
        _start = start;
        return this;
    }

    /// <summary>What tells kernels with the same body apart.</summary>
    public string Key => $"{type}|{string.Join('|', _operands.Select(o => o.Name + o.Operand.DType))}|{string.Join(',', _sizes.Select(s => s.Name))}|{string.Join(',', _numbers.Select(n => n.Name))}";

    /// <summary>The lines before the kernel.</summary>
    public string Defines
    {
        get
        {
            var s = new StringBuilder($"typedef {Types.Stored(type)} T;\n");
            foreach (var (name, x, isOutput) in _operands)
            {
                s.Append($"#define {name}(i) {Types.Convert($"p_{name}[i]", x.DType, type)}\n");
                if (isOutput) s.Append($"#define SET_{name}(i, v) p_{name}[i] = {Types.Convert(Types.Cast("v", type), type, x.DType)}\n");
            }
            return s.ToString();
        }
    }

    /// <summary>The list of the kernel's parameters.</summary>
    public string List => string.Join(", ",
    [
        .. _operands.Select(o => $"GLOBAL {(o.IsOutput ? "" : "const ")}{Types.Stored(o.Operand.DType)}* p_{o.Name}, N o_{o.Name}"),
        .. _sizes.Select(s => $"N {s.Name}"), .. _numbers.Select(n => $"T {n.Name}"), .. _wholes.Select(w => $"i64 {w.Name}"),
        .. _start is null ? [] : (string[])["u64 key", "u64 stream", "u64 position"],
    ]);

    /// <summary>Their values.</summary>
    public void Add(Launch launch)
    {
        foreach (var (_, x, _) in _operands) launch.Operand(x);
        foreach (var (_, value) in _sizes) launch.Index(value);
        foreach (var (_, value) in _numbers) launch.Number(value, type);
        foreach (var (_, value) in _wholes) launch.Wide(value);
        if (_start is { } start) launch.Start(start);
    }
}
