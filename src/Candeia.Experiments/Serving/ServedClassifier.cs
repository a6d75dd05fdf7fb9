using Candeia.Images;
using Candeia.Serving;
using Candeia.Vision;

namespace Candeia.Experiments;

/// <summary>A classifier of train-images: a picture in, the probability of each class out.</summary>
static class ServedClassifier
{
    const int Shown = 5;

    /// <exception cref="UserException">The folder holds no whole classifier.</exception>
    public static IServedModel Open(string folder)
    {
        var classifier = Load(folder);
        return new ServedLayer(classifier.Network, ModelValue.Of("image", [3, classifier.Size, classifier.Size]), ModelValue.Of("probabilities", [classifier.Classes.Count]))
        {
            Then = y => y.Softmax(1),
            Question = new PictureQuestion(
                $"A picture: the network says which of {classifier.Classes.Count} classes it shows.",
                file => new([classifier.Preprocess.Apply(Image.Decode(file.Span).To8Bit().ToRgb().ToTensor(DType.UInt8)).Unsqueeze(0)]), y => Tell(classifier.Classes, y[0])),
        };
    }

    /// <summary>The classifier in a folder that train-images wrote.</summary>
    /// <exception cref="UserException">The folder holds no whole classifier.</exception>
    public static ImageClassifier Load(string folder)
    {
        try
        {
            return ImageClassifier.Load(folder);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{fault.Message.TrimEnd('.')}; name the folder 'model' that train-images wrote.", fault);
        }
    }

    static Reply Tell(IReadOnlyList<string> classes, Tensor y)
    {
        var likeliest = classes.Zip(y.ToArray<float>(), (name, p) => new ReplyPart(name, p)).OrderByDescending(p => p.Value).Take(Shown).ToArray();
        return new(likeliest[0].Name, likeliest);
    }
}
