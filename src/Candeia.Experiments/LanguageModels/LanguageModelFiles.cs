using System.Text.Json;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The files of a language model: all of them, or none; and how it is read again.</summary>
static class LanguageModelFiles
{
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Write(OutFolder folder, LanguageModel model, LanguageModelMetrics metrics, LanguageModelReport report, Sampling sampling, History history) => Rescue.Or(
        () => Together(folder, model, metrics, report, sampling, history), file => Safetensors.Save(file, Gpt.HuggingFace.Apply(model.Network.StateDict())), folder.Path, Path.GetTempPath());

    static void Together(OutFolder folder, LanguageModel model, LanguageModelMetrics metrics, LanguageModelReport report, Sampling sampling, History history)
    {
        using var all = FilesTogether.Begin();
        folder.Write("report.html", report.Page().Save);
        folder.Write("history.svg", report.Losses.Save);
        folder.Write("history.csv", f => WholeFile.Write(f, history.ToCsv()));
        folder.Write("losses.csv", f => WholeFile.Write(f, Csv.Write("step,loss", sampling.Losses.Index(), l => $"{l.Index + 1},{l.Item}")));
        folder.Write("samples.txt", f => WholeFile.Write(f, string.Join("\n---\n", sampling.Samples) + "\n"));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, LanguageModelJson.Plain.LanguageModelMetrics) + "\n"));
        folder.WriteAll(["config.json", "model.safetensors", "tokenizer.json"], model.Save);
        all.Complete();
    }

    /// <summary>Reads what a training has written.</summary>
    /// <exception cref="UserException">The folder is missing, or holds something else.</exception>
    public static LanguageModel Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "config.json"))) throw new UserException($"There is no language model in '{folder}'; name the folder that language-model wrote with --model.");
        try
        {
            return LanguageModel.Load(folder);
        }
        catch (Exception e) when (e is TokenizerException or Candeia.NN.StateDictException)
        {
            throw new UserException(e is TokenizerException ? e.Message : $"The weights in '{folder}' are not those of its config.json; name the folder that language-model wrote with --model.", e);
        }
    }
}
