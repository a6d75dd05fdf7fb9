using Candeia.Images;
using Candeia.Serving;

namespace Candeia.Experiments;

/// <summary>A network of guess-the-correlation: a scatterplot in, its correlation out.</summary>
static class ServedCorrelation
{
    /// <exception cref="UserException">The file holds another network.</exception>
    public static IServedModel Open(string file) => new ServedLayer(SavedNetwork.Load(file), ModelValue.Of("image", [1, 130, 130]), ModelValue.Of("correlation", [1]))
    {
        Then = y => y.Clamp(-1, 1),
        Question = new PictureQuestion("A picture of a scatterplot: the network reads its correlation, from −1 to 1.", Read, Tell),
    };

    static Asked Read(ReadOnlyMemory<byte> file)
    {
        AnyScatterplot plot;
        try
        {
            plot = AnyScatterplot.Read(Image.Decode(file.Span));
        }
        catch (FormatException fault) when (fault is not ImageFormatException)
        {
            throw new FormatException($"This is {fault.Message}.", fault);
        }
        string? remark = plot.Unlike is { } unlike ? $"The picture {unlike}, unlike those that the network has learnt from: the answer may mean nothing."
            : plot.Found is { } points ? $"{points} points were found in the picture, and drawn as the network knows them." : null;
        return new([CorrelationNet.Crop(plot.Picture).Unsqueeze(0)], remark);
    }

    static Reply Tell(IReadOnlyList<Tensor> outputs)
    {
        float r = outputs[0].ToArray<float>()[0];
        return float.IsFinite(r) ? new($"r = {TwoDigits.Of(r)}", [new("correlation", r)]) { Low = -1 } : new("no number", []);
    }
}
