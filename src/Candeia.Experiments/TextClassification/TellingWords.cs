using Candeia.Text;

namespace Candeia.Experiments;

/// <summary>The words that decide.</summary>
static class TellingWords
{
    /// <summary>What words speak for a class to the regression, the strongest first: how much more each adds to its score than to the others' on average.</summary>
    public static IReadOnlyList<(string Word, double Weight)> Of(TextResult regression, int label, int most)
    {
        var net = (BagOfWords)regression.Classifier.Network;
        var words = ((WordTokenizer)regression.Classifier.Encoding.Tokenizer).Vocabulary;
        int classes = regression.Classifier.Config.Classes.Count;
        float[][] weights = [.. net.Weights.Detach().To(DType.Float32).ToArray<float>().Chunk(classes)];
        return [.. words.Select((word, id) => (word, weights[id][label] - (weights[id].Sum() - weights[id][label]) / (classes - 1)))
            .Where(w => char.IsLetter(w.word[0])).Select(w => (w.word, (double)w.Item2)).OrderByDescending(w => w.Item2).Take(most)];
    }

    /// <summary>
    /// What words matter to a network in some texts, the strongest first: by how much the probability of its answer changes on average where the word is hidden.
    /// </summary>
    public static IReadOnlyList<(string Word, double Weight)> Of(TextResult result, IEnumerable<TextAnswer> texts, int most, int least = 3) =>
    [
        .. texts.SelectMany(a => result.Classifier.Explain(a.Text.Text, a.Class.Label)).Where(t => char.IsLetter(t.Token.Text[0]))
            .GroupBy(t => t.Token.Text).Where(g => g.Count() >= least).Select(g => (Word: g.Key, Weight: g.Average(t => Math.Abs(t.Weight))))
            .OrderByDescending(w => w.Weight).ThenBy(w => w.Word, StringComparer.Ordinal).Take(most),
    ];
}
