namespace Candeia.Kernels;

/// <summary>
/// The sizes of images [images, height, width, channels] that are normalized, and perhaps pooled by 2 in height and width: the last row or column of an odd number
/// belongs to no pool.
/// </summary>
internal readonly record struct ChannelImages(nint Images, int Height, int Width, int Channels)
{
    /// <summary>Pixels of all images.</summary>
    public nint Rows => Images * Height * Width;

    /// <summary>A matrix [rows, channels]: images of one pixel.</summary>
    public static ChannelImages Of(nint rows, nint channels) => new(rows, 1, 1, (int)channels);

    public int OutHeight => Height / 2;
    public int OutWidth => Width / 2;

    /// <summary>Pooled rows that are one item.</summary>
    public nint Grain => Math.Max(1, Reducer.Grain / 4 / Math.Max(1, (nint)OutWidth * Channels));
}
