using System.Runtime.CompilerServices;
using static System.Math;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Rows of the outputs of some images, and the rows of the inputs that lie beside them.</summary>
internal readonly record struct GradientUnit(int Image, int Images, int Top, int End, int InTop, int InEnd);

/// <summary>
/// How the gradients of a convolution are cut: a unit is some rows of an image, or some tiny images; an item is a fixed run of units, with a copy of
/// the weight gradient of its own. All of it follows from the shape and the register, so that nothing depends on the number of threads.
/// </summary>
internal readonly unsafe struct GradientPlan<V, T> where V : unmanaged, ISimd<V> where T : unmanaged
{
    const int BandBytes = 320 << 10, MostPartialBytes = 16 << 20;

    public readonly ConvShape Shape;
    public readonly Panels Out, In;
    readonly int _bandRows, _bands, _images;

    /// <param name="shape">The convolution.</param>
    /// <param name="dx">Whether the gradient of the input is wanted.</param>
    /// <param name="dw">Whether the gradient of the weight is wanted.</param>
    /// <param name="pool">The pooling that was done in the same pass.</param>
    public GradientPlan(in ConvShape shape, bool dx, bool dw, ConvPool pool)
    {
        int lanes = Edge / sizeof(T), groups = shape.IsDepthwise ? 1 : shape.Groups;
        (Shape, Out, In) = (shape, new(shape.OutChannels, groups, lanes), new(shape.InChannels, groups, lanes));
        Pitch = Out.Padded * sizeof(T);
        Pixel = (shape.IsDepthwise ? In.Padded : shape.InChannels) * sizeof(T);
        PartialBytes = ((dw ? (nint)shape.Taps * shape.GroupIn : 0) + 1) * Pitch;
        IsStraight = dw && !dx && pool != ConvPool.None && NineTaps<V>.Fit(shape) && !Mask<V>.IsNarrow && Out.Padded == shape.OutChannels;

        int right = 0;
        for (int phase = 0; phase < shape.StrideWidth && dx; phase++)
        {
            var axis = ColumnsOf(phase);
            int inputs = axis.Before(shape.Width);
            if (inputs == 0 || axis.Taps == 0) continue;
            Left = Max(Left, -axis.Offset);
            right = Max(right, axis.Last(inputs - 1) - (shape.OutWidth - 1));
        }
        Columns = Left + shape.OutWidth + right;

        int height = shape.OutHeight;
        nint rowBytes = Columns * Pitch + (dw ? shape.StrideHeight * shape.Width * Pixel : 0);
        long fit = Min(BandBytes / rowBytes - (shape.KernelHeight - 1), ((long)shape.Batch * height + 15) / 16);
        _bands = (int)((height + Max(1, fit) - 1) / Max(1, fit));
        _bandRows = (height + _bands - 1) / _bands;
        if (IsStraight) _bandRows = (_bandRows + 1) / 2 * 2;
        _bands = (height + _bandRows - 1) / _bandRows;
        long items = Clamp(MostPartialBytes / PartialBytes, 8, 32);
        _images = _bands == 1 ? (int)Max(1, Min(shape.Batch / items, 256 / (height * shape.OutWidth))) : 1;
        Units = (shape.Batch + _images - 1) / _images * _bands;
        Items = (int)Clamp(items, 1, Max(1, Units));
    }

    /// <summary>Bytes of a panel.</summary>
    public static int Edge { [MethodImpl(AggressiveInlining)] get => 2 * V.Size; }

    public int Units { get; }
    public int Items { get; }

    /// <summary>Columns of the halo before a row of the gradient.</summary>
    public int Left { get; }

    /// <summary>Columns of a row of the gradient, with its halo.</summary>
    public int Columns { get; }

    /// <summary>Bytes of a pixel of the gradient.</summary>
    public nint Pitch { get; }

    /// <summary>Bytes of a row of the gradient.</summary>
    public nint Line => Columns * Pitch;

    /// <summary>Bytes of a pixel of x as the weight gradient reads it.</summary>
    public nint Pixel { get; }

    /// <summary>Bytes of an item's copy of the gradients of weight and bias.</summary>
    public nint PartialBytes { get; }

    /// <summary>Whether the weight gradient is taken straight from the pooled one, whose rows are then never written out.</summary>
    public bool IsStraight { get; }

    /// <summary>How the input gradient sees the rows.</summary>
    public GradientAxis RowsOf(int phase) => new(phase, Shape.KernelHeight, Shape.StrideHeight, Shape.PaddingHeight, Shape.DilationHeight);

    /// <summary>How the input gradient sees the columns.</summary>
    public GradientAxis ColumnsOf(int phase) => new(phase, Shape.KernelWidth, Shape.StrideWidth, Shape.PaddingWidth, Shape.DilationWidth);

    /// <summary>The first unit of an item.</summary>
    public int First(int item) => (int)((long)Units * item / Items);

    /// <summary>What a unit is.</summary>
    public GradientUnit this[int unit]
    {
        get
        {
            int image = unit / _bands * _images, top = unit % _bands * _bandRows, end = Min(Shape.OutHeight, top + _bandRows);
            int inEnd = end == Shape.OutHeight ? Shape.Height : Min(Shape.Height, end * Shape.StrideHeight);
            return new(image, Min(_images, Shape.Batch - image), top, end, Min(Shape.Height, top * Shape.StrideHeight), inEnd);
        }
    }
}
