using Candeia.Serving;
using Candeia.Text;

namespace Candeia.Experiments;

/// <summary>A language model: the beginning of a text in, and how it goes on out, piece by piece; for programs also the numbers of tokens in, and a score for each that may follow out.</summary>
static class ServedLanguageModel
{
    /// <exception cref="UserException">The folder holds no whole language model.</exception>
    public static IServedModel Open(string folder)
    {
        var model = LanguageModelFiles.Load(folder);
        var config = model.Network.Config;
        return new ServedLayer(model.Network, new("tokens", DType.Int64, [-1, -1]), new("scores", DType.Float32, [-1, -1, config.Vocabulary]))
        {
            Question = new TextQuestion($"The beginning of a text: the network goes on with it. It sees {config.Context} tokens at once.", beginning => GoOn(model, beginning)),
        };
    }

    static IEnumerable<string> GoOn(LanguageModel model, TextBeginning beginning)
    {
        try
        {
            return model.Generate(beginning.Text, new()
            {
                MaxTokens = beginning.MaxTokens, Temperature = beginning.Temperature, TopK = beginning.TopK, TopP = beginning.TopP, RepetitionPenalty = beginning.RepetitionPenalty,
                Generator = new(beginning.Seed ?? (ulong)Random.Shared.NextInt64()),
            });
        }
        catch (ArgumentException fault)
        {
            throw new FormatException(fault.Message.Split(" (Parameter")[0], fault);
        }
    }
}
