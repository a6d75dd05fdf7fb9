using Candeia.NN;

namespace Candeia.Text.Tests;

/// <summary>
/// word_language_model of PyTorch's examples, small: two LSTMs over words, weights tied, truncated backpropagation in time with the state carried on, clipped gradients, SGD whose rate is divided
/// where validation does not improve; then it writes.
/// </summary>
public class WordLanguageModelTests
{
    const int Width = 24, Columns = 4, Steps = 10;

    sealed class Model : Module
    {
        readonly Embedding encoder;
        readonly LSTM rnn = new(Width, Width, numLayers: 2, dropout: 0.1, generator: new Generator(2));
        readonly Dropout drop = new(0.1, new Generator(3));

        public Model(int words) => encoder = Embedding.FromPretrained(Init.Uniform(Tensor.Empty([words, Width]), -0.1, 0.1, new Generator(1)), freeze: false);

        public (Tensor Scores, (Tensor, Tensor) State) Forward(Tensor words, (Tensor, Tensor)? state)
        {
            var (y, after) = rnn.Forward(words.Apply(encoder).Apply(drop), state);
            return (y.Apply(drop).Linear(encoder.Weight), after);
        }
    }

    // Columns of the text side by side, [length / columns, columns].
    static Tensor Batchify(int[] words) =>
        Tensor.From([.. words[..(words.Length / Columns * Columns)].Select(w => (long)w)], [Columns, words.Length / Columns]).T().Contiguous();

    static double Pass(Model model, Tensor data, SGD? sgd)
    {
        double loss = 0;
        int count = 0;
        (Tensor, Tensor)? state = null;
        for (int i = 0; i + 1 < data.Shape[0]; i += Steps)
        {
            int length = Math.Min(Steps, data.Shape[0] - 1 - i);
            sgd?.ZeroGrad();
            var (scores, (h, c)) = model.Forward(data[i..(i + length)], state);
            state = (h.Detach(), c.Detach());
            var cost = Gpt.Loss(scores, data[(i + 1)..(i + 1 + length)]);
            loss += cost.Item() * length;
            count += length;
            if (sgd is null) continue;
            cost.Backward();
            model.Parameters().ClipGradNorm(0.25);
            sgd.Step();
        }
        return loss / count;
    }

    [Fact]
    public void Words_are_foretold_and_written()
    {
        var random = new Generator(5);
        string[] sentences = [.. Enumerable.Range(0, 160).Select(_ => random.NextInt(2) == 0 ? "the cat drinks milk and sleeps ." : "the dog eats bread and runs away .")];
        var tokenizer = WordTokenizer.Build(sentences);
        int[] words = tokenizer.Encode(string.Join(' ', sentences));
        Tensor train = Batchify(words[..(words.Length * 4 / 5)]), valid = Batchify(words[(words.Length * 4 / 5)..]);
        var model = new Model(tokenizer.VocabularySize);
        var sgd = new SGD(model.Parameters(), 10);
        double best = double.PositiveInfinity;
        for (int epoch = 0; epoch < 8; epoch++)
        {
            model.Train();
            Pass(model, train, sgd);
            model.Eval();
            double loss = Pass(model, valid, null);
            if (loss < best) best = loss;
            else sgd.LearningRate /= 4;
        }
        Assert.InRange(Math.Exp(best), 1, 2.2);                              // the perplexity; that of a guess is the number of words

        model.Eval();
        var sampler = new TokenSampler(new() { Temperature = 0.5, Generator = new(1) });
        int word = tokenizer.Encode("the")[0];
        (Tensor, Tensor)? state = null;
        List<int> written = [];
        for (int i = 0; i < 40; i++)
        {
            using var _ = Autograd.NoGrad();
            var (scores, after) = model.Forward(Tensor.From([(long)word], [1, 1]), state);
            (state, word) = (after, sampler.Next(scores.ToArray<float>(), written));
            written.Add(word);
        }
        string text = tokenizer.Decode(written);
        Assert.True(text.Contains("cat drinks milk", StringComparison.Ordinal) || text.Contains("dog eats bread", StringComparison.Ordinal), text);
    }
}
