using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Pictures changed by a transform. Where it begins with a part of the picture, such as <see cref="RandomResizedCrop"/>, no more is computed; what most photographs go
/// through is one pass, and those of a batch are written side by side at once.
/// </summary>
internal sealed class PictureSamples(Dataset<LabelledImage> data, Transform transform) : Dataset<Sample>
{
    readonly PicturePass? _pass = PicturePass.Of(transform);

    public override int Count => data.Count;

    internal override int RandomMaps => data.RandomMaps + 1;

    public override Sample this[int index]
    {
        get
        {
            var (item, rest, generator) = Read(index);
            return new(_pass is null ? PictureSets.Numbers(rest.Apply(item.Picture.ToTensor(DType.UInt8), generator)) : OnePass(item.Picture, generator), Tensor.Scalar(item.Label, DType.Int64), item.Id);
        }
    }

    protected internal override IBatch? TryBatch(ReadOnlySpan<int> indices)
    {
        if (_pass is null || indices.Length == 0) return null;
        int[] all = indices.ToArray();
        long[] labels = new long[all.Length];
        string[] ids = new string[all.Length];
        Tensor? x = null;
        for (int i = 0; i < all.Length; i++)
        {
            var (item, _, generator) = Read(all[i]);
            x ??= Tensor.Empty([all.Length, item.Picture.Channels, _pass.Size.Height, _pass.Size.Width]);
            int size = (int)(x.Numel / all.Length), at = i;
            x.Write<float>(values => _pass.Write(item.Picture, generator, values.Slice(at * size, size)));
            (labels[i], ids[i]) = (item.Label, item.Id);
        }
        return new Batch(x!, Tensor.From(labels, [labels.Length]), ids);
    }

    Tensor OnePass(Image picture, Generator generator)
    {
        var x = Tensor.Empty([picture.Channels, _pass!.Size.Height, _pass.Size.Width]);
        x.Write<float>(values => _pass.Write(picture, generator, values));
        return x;
    }

    /// <summary>A picture or a part of it, what is to be done with it, and what that draws from.</summary>
    (LabelledImage Item, Transform Then, Generator Generator) Read(int index)
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
        }) : Cut(source[at]);
        return (item, rest, generator);

        LabelledImage Cut(LabelledImage whole) => _pass?.Choose(whole.Picture.Height, whole.Picture.Width, generator) is { } part
            ? whole with { Picture = whole.Picture.Crop(part.Top..(part.Top + part.Height), part.Left..(part.Left + part.Width)) } : whole;
    }
}
