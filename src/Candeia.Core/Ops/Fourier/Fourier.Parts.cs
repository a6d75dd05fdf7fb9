namespace Candeia;

public static partial class Fourier
{
    static double Scale(FftNorm norm, int n, bool forward) => norm switch
    {
        FftNorm.Ortho => 1 / Math.Sqrt(n),
        FftNorm.Forward when forward => 1.0 / n,
        FftNorm.Backward when !forward => 1.0 / n,
        _ => 1,
    };

    static FftNorm Turned(FftNorm norm) => norm switch { FftNorm.Backward => FftNorm.Forward, FftNorm.Forward => FftNorm.Backward, _ => norm };

    /// <summary>Cut, or filled up with zeros.</summary>
    static Tensor Resized(Tensor x, int? n, int dim)
    {
        int size = x.Shape[dim], wanted = n ?? size;
        if (wanted < 1) throw new ArgumentOutOfRangeException(nameof(n), wanted, $"A Fourier transform is one of at least one number; dimension {dim} of {x.Shape} has {size}.");
        if (wanted < size) return x.Narrow(dim, 0, wanted);
        return wanted == size ? x : new UnsliceOp(new(dim, 0, size), x.Shape.With(dim, wanted)).Apply(x);
    }

    /// <summary>The dimension along which sequences lie.</summary>
    static int Sequences(Tensor x, int dim) => x.Rank > 0 ? x.Shape.Dim(dim) : throw new ShapeException("A Fourier transform is one of a sequence; a single number, [], is none.");

    static Tensor Complex(Tensor x) => x.To(x.DType.Fractional().Complex());

    static Tensor Conjugate(Tensor x) => x.DType.IsComplex() ? x.Conj() : x;

    static Tensor RealOnly(Tensor x, string name) => !x.DType.IsComplex() ? x.To(x.DType.Fractional())
        : throw new ArgumentException($"{name} takes real numbers, not {x.DType}; take Real(), or transform with {name.Replace("Ih", "I", StringComparison.Ordinal).Replace("Rf", "F", StringComparison.Ordinal)}.");

    static Tensor Along(Tensor x, int dim, bool inverse, FftNorm norm) => !inverse && !x.DType.IsComplex()
        ? new RfftOp(dim, Scale(norm, x.Shape[dim], forward: true), Whole: true).Apply(x.To(x.DType.Fractional()))
        : new FftOp(dim, inverse, Scale(norm, x.Shape[dim], !inverse)).Apply(Complex(x));

    static Tensor Half(Tensor x, int dim, FftNorm norm) => new RfftOp(dim, Scale(norm, x.Shape[dim], forward: true)).Apply(x);

    static Tensor Whole(Tensor x, int? n, int dim, FftNorm norm, bool forward)
    {
        int count = n ?? 2 * (x.Shape[dim] - 1);
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(n), count, $"A Fourier transform is one of at least one number; dimension {dim} of {x.Shape} makes {count}.");
        return new IrfftOp(dim, count, Scale(norm, count, forward)).Apply(Resized(Complex(x), count / 2 + 1, dim));
    }

    static Tensor Each(Tensor x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> dims, bool inverse, FftNorm norm)
    {
        int[] along = Dims(x, sizes, dims);
        for (int i = 0; i < along.Length; i++) x = Resized(x, Size(sizes, i), along[i]);
        foreach (int dim in along) x = Along(x, dim, inverse, norm);
        return Complex(x);
    }

    static Tensor RealEach(Tensor x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> dims, FftNorm norm, bool inverse)
    {
        int[] along = Dims(x, sizes, dims);
        if (along.Length == 0) throw new ArgumentException("A real Fourier transform is one along at least one dimension.");
        for (int i = 0; i < along.Length; i++) x = Resized(x, Size(sizes, i), along[i]);
        x = Half(x, along[^1], inverse ? Turned(norm) : norm);
        if (inverse) x = x.Conj();
        foreach (int dim in along[..^1]) x = Along(x, dim, inverse, norm);
        return x;
    }

    static Tensor WholeEach(Tensor x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> dims, FftNorm norm, bool forward)
    {
        int[] along = Dims(x, sizes, dims);
        if (along.Length == 0) throw new ArgumentException("A real Fourier transform is one along at least one dimension.");
        x = Complex(x);
        for (int i = 0; i < along.Length - 1; i++) x = Resized(x, Size(sizes, i), along[i]);
        foreach (int dim in along[..^1]) x = Along(x, dim, inverse: !forward, norm);
        return Whole(forward ? x.Conj() : x, Size(sizes, along.Length - 1), along[^1], norm, forward);
    }

    static int? Size(ReadOnlySpan<int> sizes, int i) => sizes.IsEmpty || sizes[i] == -1 ? null : sizes[i];

    static int[] Dims(Tensor x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> dims)
    {
        int count = dims.IsEmpty ? sizes.IsEmpty ? x.Rank : sizes.Length : dims.Length;
        if (!sizes.IsEmpty && sizes.Length != count) throw new ArgumentException($"{sizes.Length} sizes are not one for each of {count} dimensions.");
        if (count > x.Rank) throw new ArgumentException($"A transform along {count} dimensions needs as many, but {x.Shape} has {x.Rank}.");
        var found = new int[count];
        for (int i = 0; i < count; i++)
        {
            found[i] = dims.IsEmpty ? x.Rank - count + i : x.Shape.Dim(dims[i]);
            if (Array.IndexOf(found, found[i]) < i) throw new ArgumentException($"Dimension {found[i]} is named twice.");
        }
        return found;
    }

    /// <summary>The frequencies of <see cref="Fft"/>: 0, 1, … and then the negative ones, rising, over n·d.</summary>
    /// <param name="n">How many.</param>
    /// <param name="d">The time from one element to the next.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    /// <param name="device">Where the result is.</param>
    /// <example><code>var f = Fourier.FftFreq(4);                                              // 0, 0.25, −0.5, −0.25</code></example>
    public static Tensor FftFreq(int n, double d = 1, DType? dtype = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return Tensor.Cat([Tensor.Arange(0L, (n + 1) / 2, device: device), Tensor.Arange(-(n / 2L), 0L, device: device)]).To(dtype ?? Tensor.DefaultDType) / (n * d);
    }

    /// <summary>The frequencies of <see cref="Rfft"/>: 0, 1, … n / 2, over n·d.</summary>
    /// <param name="n">How many elements are transformed.</param>
    /// <param name="d">The time from one element to the next.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    /// <param name="device">Where the result is.</param>
    /// <example><code>var f = Fourier.RfftFreq(4);                                             // 0, 0.25, 0.5</code></example>
    public static Tensor RfftFreq(int n, double d = 1, DType? dtype = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return Tensor.Arange(0L, n / 2 + 1, device: device).To(dtype ?? Tensor.DefaultDType) / (n * d);
    }

    /// <summary>Turns dimensions by half their size, so that frequency 0 stands in the middle.</summary>
    /// <param name="x">A spectrum of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <example><code>var y = Fourier.FftShift(Fourier.FftFreq(5));                            // from −0.4 to 0.4</code></example>
    public static Tensor FftShift(Tensor x, ReadOnlySpan<int> dims = default) => Shift(x, dims, back: false);

    /// <summary>The inverse of <see cref="FftShift"/>.</summary>
    /// <param name="x">A spectrum of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <example><code>var y = Fourier.IfftShift(Fourier.FftShift(Fourier.FftFreq(5)));</code></example>
    public static Tensor IfftShift(Tensor x, ReadOnlySpan<int> dims = default) => Shift(x, dims, back: true);

    static Tensor Shift(Tensor x, ReadOnlySpan<int> dims, bool back)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (int dim in Dims(x, [], dims)) x = x.Roll(back ? -(x.Shape[dim] / 2) : x.Shape[dim] / 2, dim);
        return x;
    }
}
