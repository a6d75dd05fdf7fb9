namespace Candeia;

/// <summary>How values between pixels are found when something is resized.</summary>
public enum Interpolation
{
    /// <summary>The pixel at or before the place, as in PyTorch's <c>nearest</c>.</summary>
    Nearest,
    /// <summary>The pixel whose middle is nearest, as in Pillow and PyTorch's <c>nearest-exact</c>.</summary>
    NearestExact,
    /// <summary>The mean of the neighbours, weighted by their distance: PyTorch's <c>linear</c>, <c>bilinear</c> and <c>trilinear</c>, by the number of dimensions.</summary>
    Linear,
    /// <summary>A cubic curve through four neighbours in each dimension: PyTorch's <c>bicubic</c>. Values may overshoot.</summary>
    Cubic,
    /// <summary>The mean of all pixels that a new one covers, as in <see cref="TensorOps.AdaptiveAvgPool2d(Tensor, Size2d)"/>.</summary>
    Area,
}
