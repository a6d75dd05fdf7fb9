using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Pictures changed by a transform. Where it begins with a part of the picture, such as <see cref="RandomResizedCrop"/>, no more is decoded.</summary>
internal sealed class PictureSamples(Dataset<LabelledImage> data, Transform transform) : Dataset<Sample>
{
    public override int Count => data.Count;

    internal override int RandomMaps => data.RandomMaps + 1;

    public override Sample this[int index]
    {
        get
        {
            var generator = Draw.For(index, data.RandomMaps);
            var rest = transform;
            var (source, at) = data.Origin(index);
            var item = source is IPictureFiles files ? files.Read(at, (height, width) =>
            {
                // Another file is tried where one is damaged, and draws the same.
                generator = Draw.For(index, data.RandomMaps);
                (var part, rest) = transform.Begin(height, width, generator) is var (window, then) ? ((Window?)window, then) : (null, transform);
                return part;
            }) : source[at];
            return new(PictureSets.Numbers(rest.Apply(item.Picture.ToTensor(DType.UInt8), generator)), Tensor.Scalar(item.Label, DType.Int64), item.Id);
        }
    }
}
