namespace Candeia.Images;

/// <summary>The picture as it is after it was written to a JPEG file and read again: with the traces of that, so that a network learns to pass over them.</summary>
/// <param name="MinQuality">The least that is kept, 0 to 100.</param>
/// <param name="MaxQuality">The most that is kept; each quality between them is as likely as any other.</param>
/// <example><code>
/// var rough = new Jpeg(5, 60).Apply(Tensor.Rand([3, 32, 32], generator: new Generator(1)), new Generator(2));
/// Console.WriteLine(rough.Shape);                                          // → [3, 32, 32]
/// </code></example>
public sealed record Jpeg(int MinQuality, int MaxQuality) : Transform
{
    /// <summary>One quality.</summary>
    /// <param name="quality">0 to 100.</param>
    public Jpeg(int quality) : this(quality, quality) { }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">It is no single picture of one or three channels.</exception>
    /// <exception cref="ArgumentException">There are no such qualities.</exception>
    protected override Annotated Change(Annotated scene, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(generator);
        if (scene.Image.Rank != 3 || scene.Image.Shape[0] is not (1 or 3)) throw new ShapeException($"JPEG files hold pictures [1 or 3, height, width], not {scene.Image.Shape}.");
        if (MinQuality < 0 || MaxQuality > 100 || MinQuality > MaxQuality) throw new ArgumentException($"Qualities go from 0 to 100, and not from {MinQuality} to {MaxQuality}.");
        var codec = new JpegCodec(MinQuality + generator.NextInt(MaxQuality - MinQuality + 1));
        byte[] file = Image.FromTensor(scene.Image).Encode(codec);
        var image = new Image(codec.Identify(file));
        codec.Decode(file, image.Pixels);
        if (scene.Image.Shape[0] == 1 && image.Channels != 1) image = image.ToGray();
        return scene with { Image = image.ToTensor(scene.Image.DType) };
    }
}
