using System.Security.Cryptography;
using Candeia.NN;

namespace Candeia.Text;

public sealed partial class TextClassifier
{
    const string Weights = "model.safetensors", Words = "tokenizer.json", Description = "classifier.json";

    /// <summary>Writes the weights, the tokenizer and what the network is into a folder: all of it, or nothing.</summary>
    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        byte[] tokenizer = TokenizerJson.ToJson(Encoding.Tokenizer);
        using var files = FilesTogether.Begin();
        Network.Save(Path.Combine(folder, Weights));
        WholeFile.Write(Path.Combine(folder, Words), tokenizer);
        WholeFile.Write(Path.Combine(folder, Description), ClassifierJson.ToJson(Config, Hash(tokenizer)));
        files.Complete();
    }

    /// <summary>The classifier of a folder that <see cref="Save"/> has written.</summary>
    /// <exception cref="TokenizerException">A file is missing or damaged, or the tokenizer is another one than that of the training.</exception>
    public static TextClassifier Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string description = Path.Combine(folder, Description), words = Path.Combine(folder, Words), weights = Path.Combine(folder, Weights);
        var (config, hash) = ClassifierJson.Read(description);
        var tokenizer = Tokenizers.Load(words);
        if (Hash(File.ReadAllBytes(words)) != hash)
            throw new TokenizerException($"'{words}' is not the tokenizer that this model was trained with; put back the file that was saved with it, or save the model again.");
        if (tokenizer.Special.Padding is null && tokenizer.Special.End is null) throw SavedText.Broken(words, "tokenizer of a classifier", "it has no token for padding");
        try
        {
            if (4 * config.LeastParameters(tokenizer.VocabularySize) > new FileInfo(weights).Length)
                throw SavedText.Broken(description, "description of this model", $"'{weights}' is too small for a network of these sizes");
            var classifier = new TextClassifier(config, tokenizer);
            classifier.Network.Load(weights);
            classifier.Network.Eval();
            return classifier;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TensorFileException or StateDictException)
        {
            throw new TokenizerException($"'{weights}' does not hold the weights of this model: {e.Message.Split('\n')[0].TrimEnd('.', ':')}; save it again.", e);
        }
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
