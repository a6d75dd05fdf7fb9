using System.Text.Json.Serialization;

namespace Candeia.Text;

/// <summary>The kinds of networks that tell texts apart.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextNetwork>))]
public enum TextNetwork
{
    /// <summary>Logistic regression on counts of words: <see cref="Candeia.Text.BagOfWords"/>.</summary>
    BagOfWords,

    /// <summary>The mean of the words' vectors: <see cref="BagClassifier"/>.</summary>
    Bag,

    /// <summary>A recurrent network: <see cref="LstmClassifier"/>.</summary>
    Lstm,

    /// <summary>Attention: <see cref="TransformerClassifier"/>.</summary>
    Transformer,
}
