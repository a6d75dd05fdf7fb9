namespace Candeia.Images;

/// <summary>The colour types of IHDR.</summary>
internal enum PngColor { Gray = 0, Rgb = 2, Palette = 3, GrayAlpha = 4, Rgba = 6 }
