// The functions of a family that differ by a line each stand together.
namespace Candeia;

/// <summary>
/// Discrete Fourier transforms, of any length: what torch.fft has. Sequences are cut, or filled up with zeros, to the size that is asked for. All have derivatives
/// of any order.
/// </summary>
public static partial class Fourier
{
    /// <summary>The discrete Fourier transform along a dimension: Σ xⱼ·e^(−2πijk/n).</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many elements of each count; by default all.</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <example><code>var y = Fourier.Fft(Tensor.From([1f, 0, 0, 0]));</code></example>
    public static Tensor Fft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Along(Resized(x, n, dim), dim, inverse: false, norm);
    }

    /// <summary>The inverse of <see cref="Fft"/>.</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many elements of each count; by default all.</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <example><code>var y = Fourier.Ifft(Fourier.Fft(Tensor.From([1f, 2, 3])));</code></example>
    public static Tensor Ifft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Along(Resized(x, n, dim), dim, inverse: true, norm);
    }

    /// <summary>The first n / 2 + 1 numbers of the Fourier transform of real ones along a dimension: the others are their conjugates. Half the work of <see cref="Fft"/>.</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many elements of each count; by default all.</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <exception cref="ArgumentException">The numbers are complex.</exception>
    /// <example><code>var y = Fourier.Rfft(Tensor.From([1f, 2, 3, 4]));</code></example>
    public static Tensor Rfft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Half(Resized(RealOnly(x, nameof(Rfft)), n, dim), dim, norm);
    }

    /// <summary>The n real numbers of which the first n / 2 + 1 of the Fourier transform are given; n is 2·(m − 1) for m numbers, unless it is named.</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many numbers come out; by default 2·(m − 1).</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <example><code>var y = Fourier.Irfft(Fourier.Rfft(Tensor.From([1f, 2, 3, 4])));</code></example>
    public static Tensor Irfft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Whole(x, n, dim, norm, forward: false);
    }

    /// <summary>The real Fourier transform of a sequence whose second half is conjugate to the first, which is given; n is 2·(m − 1) for m numbers, unless it is named.</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many numbers come out; by default 2·(m − 1).</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <example><code>var y = Fourier.Hfft(Tensor.From([1f, 2, 3]));</code></example>
    public static Tensor Hfft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Whole(Conjugate(x), n, dim, norm, forward: true);
    }

    /// <summary>The inverse of <see cref="Hfft"/>: the first half of a sequence.</summary>
    /// <param name="x">Sequences along one dimension.</param>
    /// <param name="n">How many elements of each count; by default all.</param>
    /// <param name="dim">The dimension of the sequences.</param>
    /// <param name="norm">Which way is divided by the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <exception cref="ArgumentException">The numbers are complex.</exception>
    /// <example><code>var y = Fourier.Ihfft(Tensor.From([1f, 2, 3, 4]));</code></example>
    public static Tensor Ihfft(Tensor x, int? n = null, int dim = -1, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        dim = Sequences(x, dim);
        return Half(Resized(RealOnly(x, nameof(Ihfft)), n, dim), dim, Turned(norm)).Conj();
    }

    /// <summary>The discrete Fourier transform along several dimensions.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice.</exception>
    /// <example><code>var y = Fourier.FftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor FftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Each(x, sizes, dims, inverse: false, norm);
    }

    /// <summary>The inverse of <see cref="FftN"/>.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice.</exception>
    /// <example><code>var y = Fourier.IfftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor IfftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Each(x, sizes, dims, inverse: true, norm);
    }

    /// <summary>The Fourier transform of real numbers along several dimensions: of the last of them, the first half.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice, or the numbers are complex.</exception>
    /// <example><code>var y = Fourier.RfftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor RfftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return RealEach(RealOnly(x, nameof(RfftN)), sizes, dims, norm, inverse: false);
    }

    /// <summary>The real numbers of which <see cref="RfftN"/> is given; the last size is 2·(m − 1), unless it is named.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice.</exception>
    /// <example><code>var y = Fourier.IrfftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor IrfftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return WholeEach(x, sizes, dims, norm, forward: false);
    }

    /// <summary>The real Fourier transform along several dimensions of what is conjugate to itself and given by the first half of the last of them.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice.</exception>
    /// <example><code>var y = Fourier.HfftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor HfftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return WholeEach(x, sizes, dims, norm, forward: true);
    }

    /// <summary>The inverse of <see cref="HfftN"/>.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">Sizes to which the dimensions are cut or filled up with zeros; if no dimensions are named, those of the last ones.</param>
    /// <param name="dims">The dimensions; all, or as many of the last as there are sizes, if none is named.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <exception cref="ArgumentException">There are not as many sizes as dimensions, or a dimension is named twice, or the numbers are complex.</exception>
    /// <example><code>var y = Fourier.IhfftN(Tensor.Ones([2, 4, 4]), dims: [1, 2]);</code></example>
    public static Tensor IhfftN(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward)
    {
        ArgumentNullException.ThrowIfNull(x);
        return RealEach(RealOnly(x, nameof(IhfftN)), sizes, dims, norm, inverse: true);
    }

    /// <summary>The same as <see cref="FftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Fft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Fft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        FftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);

    /// <summary>The same as <see cref="IfftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Ifft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Ifft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        IfftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);

    /// <summary>The same as <see cref="RfftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Rfft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Rfft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        RfftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);

    /// <summary>The same as <see cref="IrfftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Irfft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Irfft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        IrfftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);

    /// <summary>The same as <see cref="HfftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Hfft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Hfft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        HfftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);

    /// <summary>The same as <see cref="IhfftN"/> along two dimensions, by default the last.</summary>
    /// <param name="x">Matrices, or pictures.</param>
    /// <param name="sizes">Two sizes to which the dimensions are cut or filled up with zeros.</param>
    /// <param name="dims">The two dimensions; by default the last.</param>
    /// <param name="norm">Which way is divided by the number of elements.</param>
    /// <example><code>var y = Fourier.Ihfft2(Tensor.Ones([4, 6]));</code></example>
    public static Tensor Ihfft2(Tensor x, ReadOnlySpan<int> sizes = default, ReadOnlySpan<int> dims = default, FftNorm norm = FftNorm.Backward) =>
        IhfftN(x, sizes, dims.IsEmpty ? [-2, -1] : dims, norm);
}
