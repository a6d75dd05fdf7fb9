namespace Candeia.Images;

public sealed partial class Image
{
    /// <summary>
    /// Lays images out in rows on white, each in a thin frame, with a line of text below each where captions are given: a look at a batch. Images of
    /// several sizes are centred in cells of the largest; opacity is laid over white. The result is gray where all images are, else RGB, 8 bits a
    /// sample.
    /// </summary>
    /// <param name="images">At least one.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="padding">White pixels between cells and around them.</param>
    /// <param name="captions">One for each image; a caption wider than its cell is cut.</param>
    /// <param name="zoom">How many pixels wide and high a pixel of an image is drawn.</param>
    /// <exception cref="ArgumentException">There are no images, or not as many captions.</exception>
    public static Image Grid(IReadOnlyList<Image> images, int columns = 8, int padding = 10, IReadOnlyList<string>? captions = null, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        if (images.Count == 0) throw new ArgumentException("A grid needs at least one image.", nameof(images));
        if (captions is not null && captions.Count != images.Count)
            throw new ArgumentException($"{captions.Count} captions do not go with {images.Count} images.", nameof(captions));
        return new ImageGrid(images, Math.Min(columns, images.Count), padding, captions, zoom).Draw();
    }
}
