namespace Candeia.Onnx;

/// <summary>What an operator computes: its results, of which those that nobody wants may be missing at the end.</summary>
internal delegate Tensor[] Kernel(Call call);

/// <summary>An operator being computed: its inputs, and what it needs to know.</summary>
internal readonly ref struct Call(Tensor?[] inputs, Frame frame)
{
    public int Count => inputs.Length;

    /// <summary>An input that must be there.</summary>
    public Tensor this[int input] => Maybe(input) ?? throw new OnnxException($"input {input} is missing");

    /// <summary>All inputs.</summary>
    public Tensor[] All => From(0);

    /// <summary>Whether dropout drops, and batch normalization uses the batch.</summary>
    public bool IsTraining => frame.IsTraining;

    /// <summary>All inputs from one on.</summary>
    public Tensor[] From(int first)
    {
        var all = new Tensor[Math.Max(0, inputs.Length - first)];
        for (int i = 0; i < all.Length; i++) all[i] = this[first + i];
        return all;
    }

    /// <summary>An input that may be left out.</summary>
    public Tensor? Maybe(int input) => input < inputs.Length ? inputs[input] : null;

    /// <summary>An input that holds one number.</summary>
    public double Number(int input, double missing) => Maybe(input) is { } x ? x.Numel == 1 ? x.Reshape().Item() : throw new OnnxException($"input {input} holds {x.Numel} numbers, not one") : missing;

    /// <summary>An input that holds integers: sizes, axes.</summary>
    public int[]? Integers(int input) => Maybe(input) is { } x ? Array.ConvertAll(x.Detach().ToArray<long>(), Clamp) : null;

    /// <summary>An input that holds integers and must be there.</summary>
    public int[] Sizes(int input) => Integers(input) ?? throw new OnnxException($"input {input} is missing");

    /// <summary>An input that holds fractions.</summary>
    public double[]? Fractions(int input) => Maybe(input) is { Numel: > 0 } x ? x.Detach().ToArray<double>() : null;

    /// <summary>Says that a result will have so many elements, before it is made: while a file is read, nothing large is made of what is small.</summary>
    public void Grow(Int128 elements)
    {
        if (frame.IsFolding && elements > Frame.MostFolded) throw new TooLargeException();
    }

    /// <summary>Computes a graph that the operator holds.</summary>
    public Tensor[] Run(Plan body, params ReadOnlySpan<Tensor> arguments) => body.Run(arguments, frame, Step.Captures(body, frame));

    /// <summary>An integer as sizes are counted; what lies beyond is the same as the largest, as in slices "to the end".</summary>
    public static int Clamp(long n) => (int)Math.Clamp(n, int.MinValue + 1, int.MaxValue);
}

/// <summary>A constant would be too large to be computed while a file is read.</summary>
internal sealed class TooLargeException : Exception;
