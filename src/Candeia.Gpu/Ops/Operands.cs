namespace Candeia.Gpu;

/// <summary>Looks at the operands of a call, and at them in other layouts.</summary>
internal static class Operands
{
    public static Operand[] Inputs(in OpCall call)
    {
        var x = new Operand[call.Inputs];
        for (int i = 0; i < x.Length; i++) x[i] = call.Input(i);
        return x;
    }

    public static bool AnyComplex(in OpCall call)
    {
        bool any = false;
        for (int i = 0; i < call.Inputs; i++) any |= Types.IsComplex(call.Input(i).DType);
        for (int i = 0; i < call.Outputs; i++) any |= Types.IsComplex(call.Output(i).DType);
        return any;
    }

    /// <summary>The sizes of a shape.</summary>
    public static ReadOnlySpan<int> Sizes(this Shape shape) => shape;

    /// <summary>The same memory by another layout.</summary>
    public static Operand As(this Operand x, Layout layout) => x with { Layout = layout };

    /// <summary>The same memory, with its beginning in bytes, as libraries are told it.</summary>
    public static Operand InBytes(this Operand x) => x.As(new Layout(x.Layout.Shape, x.Layout.Strides, x.Layout.Offset * x.DType.Size()));

    /// <summary>Stretched to a shape.</summary>
    public static Operand To(this Operand x, Shape shape) => x.As(x.Layout.Broadcast(shape));

    /// <summary>A row of numbers that moves along one dimension of a shape.</summary>
    public static Operand Along(this Operand x, Shape shape, int dim)
    {
        long[] strides = new long[shape.Rank];
        strides[dim] = x.Layout.Strides[0];
        return x.As(new Layout(shape, strides, x.Layout.Offset));
    }

    /// <summary>One that moves in the last dimensions of a shape alone, in which it has the same sizes.</summary>
    public static Operand InLast(this Operand x, Shape shape)
    {
        long[] strides = new long[shape.Rank];
        x.Layout.Strides.CopyTo(strides.AsSpan(shape.Rank - x.Layout.Shape.Rank));
        return x.As(new Layout(shape, strides, x.Layout.Offset));
    }

    /// <summary>One that is contiguous over the first dimensions of a shape: a number for each combination of them.</summary>
    public static Operand InFirst(this Operand x, Shape shape, int dims)
    {
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int d = dims - 1; d >= 0; stride *= Math.Max(1, shape[d--])) strides[d] = stride;
        return x.As(new Layout(shape, strides, x.Layout.Offset));
    }
}
