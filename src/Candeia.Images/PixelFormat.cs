namespace Candeia.Images;

/// <summary>What a pixel consists of; the value is its number of samples.</summary>
public enum PixelFormat
{
    /// <summary>Black to white.</summary>
    Gray = 1,

    /// <summary>Gray and opacity, not premultiplied.</summary>
    GrayAlpha = 2,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue and opacity, not premultiplied.</summary>
    Rgba = 4,
}
