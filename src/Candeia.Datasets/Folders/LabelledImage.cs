using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>A picture and what is on it.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Label">The number of its class, counted from 0.</param>
/// <param name="Id">What finds it again, such as its file.</param>
public sealed record LabelledImage(Image Picture, int Label, string Id = "");

/// <summary>Pictures as networks take them.</summary>
public static class PictureSets
{
    /// <summary>
    /// Samples of pictures: the transform, with a generator that depends on seed, epoch and index alone; x [channels, height, width], floating-point
    /// numbers, from 0 to 1 where the transform leaves bytes; y the class, int64.
    /// </summary>
    /// <param name="data">The pictures.</param>
    /// <param name="transform">What is done to each, such as <c>new Resize(256).Then(new CenterCrop(224))</c>.</param>
    /// <remarks>Where it begins with <see cref="RandomResizedCrop"/> and pictures come from files, what lies around the part is not decoded: that loads faster.</remarks>
    /// <example><code>
    /// var data = new DrawnShapes(100).Map(new RandomHorizontalFlip());
    /// Console.WriteLine(data[0].X.Shape);                                  // → [3, 64, 64]
    /// </code></example>
    public static Dataset<Sample> Map(this Dataset<LabelledImage> data, Transform transform)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(transform);
        return new PictureSamples(data, transform);
    }

    /// <summary>Samples whose inputs are changed by a transform.</summary>
    /// <param name="data">The samples; their inputs are pictures.</param>
    /// <param name="transform">What is done to each.</param>
    public static Dataset<Sample> Map(this Dataset<Sample> data, Transform transform)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(transform);
        return data.Map((item, generator) => item with { X = Numbers(transform.Apply(item.X, generator)) });
    }

    internal static Tensor Numbers(Tensor picture) => picture.DType == DType.UInt8 ? new ToDtype(DType.Float32).Apply(picture) : picture;
}
