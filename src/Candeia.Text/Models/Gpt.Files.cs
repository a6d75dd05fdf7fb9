namespace Candeia.Text;

public sealed partial class Gpt
{
    /// <summary>
    /// From the names and layouts of Hugging Face to those here, and back: its matrices multiply from the other side, its files hold the masks of the attention, and some put
    /// <c>transformer.</c> in front and the matrix of the tokens once more at the end.
    /// </summary>
    public static TensorNames HuggingFace { get; } = TensorNames.AsTheyAre.StripPrefix("transformer.").Drop("*.attn.bias").Drop("*.attn.masked_bias").Drop("lm_head.weight")
        .Transpose("*.c_attn.weight").Transpose("*.c_proj.weight").Transpose("*.c_fc.weight");

    /// <summary>Makes a model of a folder of Hugging Face: its <c>config.json</c> and its weights, in any of the formats that <see cref="TensorFile"/> knows.</summary>
    /// <param name="folder">The folder, such as <see cref="Hub.FetchModelAsync"/> returns it for <c>openai-community/gpt2</c>.</param>
    /// <exception cref="TensorFileException">A file is damaged, or holds another model.</exception>
    /// <exception cref="Candeia.NN.StateDictException">The weights are not those of the settings.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <example><code>
    /// new Gpt(new(Vocabulary: 50, Context: 16, Layers: 2, Heads: 2, Width: 8)).SavePretrained("little-gpt");
    /// Console.WriteLine(Gpt.FromPretrained("little-gpt").Config.Layers);      // → 2
    /// </code></example>
    public static Gpt FromPretrained(string folder)
    {
        var gpt = new Gpt(GptConfig.Load(folder));
        gpt.Load(folder, HuggingFace);
        return gpt;
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c> as Hugging Face has them, whole or not at all; the package transformers reads them too.</summary>
    /// <param name="folder">The folder; it is made if it is missing.</param>
    /// <param name="metadata">Texts to leave beside the weights.</param>
    public void SavePretrained(string folder, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        using var both = FilesTogether.Begin();
        Config.Save(folder);
        Safetensors.Save(Path.Combine(folder, "model.safetensors"), HuggingFace.Apply(StateDict()), new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["format"] = "pt" });
        both.Complete();
    }
}
