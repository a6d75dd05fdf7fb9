namespace Candeia.Onnx;

/// <summary>An operator of ONNX: what makes its kernel of a node's attributes, once, when a file is read.</summary>
/// <param name="Name">As files have it.</param>
/// <param name="Since">The version of its domain from which on it is as here.</param>
/// <param name="Bind">The kernel for a node.</param>
internal sealed record Operator(string Name, int Since, Func<Attributes, Kernel> Bind)
{
    /// <summary>Operators of ONNX itself have none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Inputs that are learnt wherever they are constants.</summary>
    public int[] Weights { get; init; } = [];

    /// <summary>Inputs that are never learnt.</summary>
    public int[] Fixed { get; init; } = [];

    /// <summary>Whether it gives something else each time.</summary>
    public bool IsRandom { get; init; }
}

/// <summary>The short forms in which operators are listed.</summary>
internal static class Forms
{
    /// <summary>One result of one input.</summary>
    public static Operator Unary(string name, Func<Tensor, Tensor> compute, int since = 1) => new(name, since, _ => x => [compute(x[0])]);

    /// <summary>One result of one input, with parameters.</summary>
    public static Operator Unary(string name, Func<Attributes, Func<Tensor, Tensor>> bind, int since = 1) => new(name, since, a =>
    {
        var compute = bind(a);
        return x => [compute(x[0])];
    });

    /// <summary>One result of two inputs, as the newer versions broadcast; old ones said where by an attribute.</summary>
    public static Operator[] Binary(string name, Func<Tensor, Tensor, Tensor> compute) =>
    [
        new(name, 1, a => Old(a, compute)),
        new(name, 7, _ => x => [compute(x[0], x[1])]),
    ];

    /// <summary>One result.</summary>
    public static Operator One(string name, int since, Func<Attributes, Func<Call, Tensor>> bind)
    {
        return new(name, since, a =>
        {
            var compute = bind(a);
            return x => [compute(x)];
        });
    }

    static Kernel Old(Attributes a, Func<Tensor, Tensor, Tensor> compute)
    {
        bool broadcast = a.Flag("broadcast");
        int? axis = a.Has("axis") ? a.Int("axis") : null;
        return x => [compute(x[0], broadcast && axis is { } at ? Padded(x[1], x[0].Rank - Positive(at, x[0].Rank)) : x[1])];
    }

    static Tensor Padded(Tensor x, int rank) => rank <= x.Rank ? x : x.Reshape([.. x.Shape, .. Enumerable.Repeat(1, rank - x.Rank)]);

    /// <summary>A dimension counted from the front.</summary>
    public static int Positive(int axis, int rank) =>
        axis >= -rank && axis < rank ? (axis + rank) % rank : throw new OnnxException($"there is no dimension {axis} among {rank}");

    /// <summary>Dimensions counted from the front.</summary>
    public static int[] Positive(int[] axes, int rank) => Array.ConvertAll(axes, a => Positive(a, rank));
}
