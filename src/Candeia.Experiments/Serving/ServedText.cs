using Candeia.Serving;
using Candeia.Text;

namespace Candeia.Experiments;

/// <summary>A classifier of text-classification: the numbers of a text's pieces in, or the text itself; the probability of each class out.</summary>
static class ServedText
{
    const string Field = "text";
    const int Shown = 5;

    /// <exception cref="UserException">The folder holds no whole classifier.</exception>
    public static IServedModel Open(string folder)
    {
        TextClassifier classifier;
        try
        {
            classifier = TextClassifier.Load(folder);
        }
        catch (TokenizerException fault)
        {
            throw new UserException($"{fault.Message.TrimEnd('.')}; name the folder 'model' that text-classification wrote.", fault);
        }
        var classes = classifier.Config.Classes;
        return new ServedLayer(classifier.Network, new("tokens", DType.Int64, [-1, -1]), ModelValue.Of("probabilities", [classes.Count]))
        {
            Then = y => y.Softmax(1),
            Question = new FormQuestion($"A text: the network says which of {classes.Count} classes it belongs to.", [new(Field, "")],
                asked => new([classifier.Encoding.Apply(asked.GetValueOrDefault(Field, ""))]), y => Tell(classes, y[0])),
        };
    }

    static Reply Tell(IReadOnlyList<string> classes, Tensor y)
    {
        var likeliest = classes.Zip(y.ToArray<float>(), (name, p) => new ReplyPart(name, p)).OrderByDescending(p => p.Value).Take(Shown).ToArray();
        return new(likeliest[0].Name, likeliest);
    }
}
