using Candeia.Datasets;
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
        var picture = GuessTheCorrelation.ReadPicture(file.Span);
        string? unlike = GuessTheCorrelation.Unlikeness(picture);
        return new([CorrelationNet.Crop(picture).Unsqueeze(0)], unlike is null ? null : $"The picture {unlike}, unlike those that the network has learnt from: the answer may mean nothing.");
    }

    static Reply Tell(IReadOnlyList<Tensor> outputs)
    {
        float r = outputs[0].ToArray<float>()[0];
        return float.IsFinite(r) ? new($"r = {TwoDigits.Of(r)}", [new("correlation", r)]) { Low = -1 } : new("no number", []);
    }
}
