using System.Text.Json;

namespace Candeia.Text;

/// <summary>The sizes of a <see cref="Gpt"/>.</summary>
/// <param name="Vocabulary">How many different tokens there are.</param>
/// <param name="Context">How many tokens it sees at once, at most.</param>
/// <param name="Layers">How many blocks lie one above the other.</param>
/// <param name="Heads">How many heads each attention has; they divide <paramref name="Width"/> evenly.</param>
/// <param name="Width">How many numbers describe a token on its way.</param>
/// <param name="Dropout">How likely a number is dropped in training: after the embedding, in the attention, and at the end of each half of a block.</param>
/// <param name="Epsilon">Added to the variances of the normalizations.</param>
/// <example><code>
/// var config = GptConfig.Gpt2 with { Vocabulary = 96, Context = 256 };
/// Console.WriteLine($"{config.Layers} layers of {config.Heads} heads"); // → 12 layers of 12 heads
/// </code></example>
public sealed record GptConfig(int Vocabulary, int Context = 256, int Layers = 6, int Heads = 6, int Width = 192, double Dropout = 0, double Epsilon = 1e-5)
{
    const string Type = "gpt2", Activation = "gelu_new";

    /// <summary>The small GPT-2: 124 439 808 parameters.</summary>
    public static GptConfig Gpt2 { get; } = new(50_257, 1024, 12, 12, 768, 0.1);

    /// <summary>The settings of a GPT-2 in a folder of Hugging Face, or in its <c>config.json</c>.</summary>
    /// <exception cref="TensorFileException">It holds another model, sizes that no model has, or a variant that is not known here.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GptConfig Load(string path)
    {
        var file = ModelConfig.Load(path);
        if (file.Text("model_type") is var type && type != Type) throw new TensorFileException($"{path}: the model is a {TensorFileException.Quote(type)}, not a {Type}.");
        string activation = file.Has("activation_function") ? file.Text("activation_function") : Activation;
        if (activation != Activation) throw new TensorFileException($"{path}: the activation is {TensorFileException.Quote(activation)}; only that of GPT-2, {Activation}, is known.");
        int width = Size("n_embd"), heads = Size("n_head");
        if (width % heads != 0) throw new TensorFileException($"{path}: {width} features cannot be divided among {heads} heads.");
        if (file.Has("n_inner") && file.Whole("n_inner") != 4 * width) throw new TensorFileException($"{path}: n_inner must be 4 · n_embd.");
        foreach (string variant in s_variants)
            if (file.Has(variant) && file.Truth(variant)) throw new TensorFileException($"{path}: the variant {variant} is not known.");
        double dropout = file.Has("resid_pdrop") ? file.Number("resid_pdrop") : 0, epsilon = file.Has("layer_norm_epsilon") ? file.Number("layer_norm_epsilon") : 1e-5;
        if (dropout is not (>= 0 and <= 1) || epsilon is not (> 0 and < 1)) throw new TensorFileException($"{path}: resid_pdrop is a probability, and layer_norm_epsilon small and above 0.");
        return new(Size("vocab_size"), Size("n_positions"), Size("n_layer"), heads, width, dropout, epsilon);

        int Size(string name) => file.Whole(name) is var size and > 0 and <= 1 << 20 ? size : throw new TensorFileException($"{path}: {name} must be a number of at least 1, not {file.Whole(name)}.");
    }

    static readonly string[] s_variants = ["scale_attn_by_inverse_layer_idx", "add_cross_attention"];

    /// <summary>Writes them as <c>config.json</c> into a folder, as Hugging Face names them, whole or not at all.</summary>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("architectures");
            json.WriteStringValue("GPT2LMHeadModel");
            json.WriteEndArray();
            json.WriteString("model_type", Type);
            json.WriteString("activation_function", Activation);
            foreach (var (name, size) in (ReadOnlySpan<(string, int)>)[("vocab_size", Vocabulary), ("n_positions", Context), ("n_ctx", Context), ("n_embd", Width), ("n_layer", Layers), ("n_head", Heads)])
                json.WriteNumber(name, size);
            foreach (string name in (ReadOnlySpan<string>)["embd_pdrop", "attn_pdrop", "resid_pdrop"]) json.WriteNumber(name, Dropout);
            json.WriteNumber("layer_norm_epsilon", Epsilon);
            json.WriteBoolean("tie_word_embeddings", true);
            json.WriteEndObject();
        }
        WholeFile.Write(Path.Combine(folder, "config.json"), System.Text.Encoding.UTF8.GetString(memory.ToArray()) + "\n");
    }
}
