namespace Candeia.Gpu;

/// <summary>Which way a convolution is computed: its result, or the gradient of its images or of its window.</summary>
internal enum ConvolutionKind
{
    /// <summary>Of images and window: the result.</summary>
    Forward,

    /// <summary>Of window and gradient of the result: that of the images.</summary>
    Images,

    /// <summary>Of images and gradient of the result: that of the window.</summary>
    Window,
}

/// <summary>A convolution, as a library of the device's makers is asked for it: all operands lie channels last, without gaps.</summary>
/// <param name="Kind">What is computed.</param>
/// <param name="DType">The type of all elements.</param>
/// <param name="IsCoarse">Whether factors may be rounded to TF32.</param>
/// <param name="Geometry">How the window moves.</param>
/// <param name="Images">The shape of the images.</param>
/// <param name="Window">That of the window.</param>
/// <param name="Result">That of the result.</param>
internal readonly record struct ConvolutionShape(ConvolutionKind Kind, DType DType, bool IsCoarse, ConvGeometry Geometry, Shape Images, Shape Window, Shape Result);
