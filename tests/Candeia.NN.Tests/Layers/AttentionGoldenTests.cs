using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Attention and transformers with every option beside PyTorch's.</summary>
public class AttentionGoldenTests
{
    public static IEnumerable<object[]> Attentions => Golden.Names("sequences", "multihead_attention");

    [Theory, MemberData(nameof(Attentions))]
    public void Attention_is_that_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var a = c.Args.GetProperty("arguments");
        int? Size(string key) => a.TryGetProperty(key, out var value) ? value.GetInt32() : null;
        bool Flag(string key, bool otherwise) => a.TryGetProperty(key, out var value) ? value.GetBoolean() : otherwise;
        MultiheadAttention layer = new(4, 2, bias: Flag("bias", true), addBiasKv: Flag("add_bias_kv", false), addZeroAttn: Flag("add_zero_attn", false), kdim: Size("kdim"),
            vdim: Size("vdim"), batchFirst: Flag("batch_first", true));
        SequenceCase.Check(c, layer, (x, named) =>
        {
            Tensor? mask = named("attn_mask"), padding = named("key_padding_mask");
            if (!c.Flag("need_weights")) return [layer.Forward(x[0], x[1], x[2], mask, keyPaddingMask: padding)];
            var (y, weights) = layer.ForwardWithWeights(x[0], x[1], x[2], mask, keyPaddingMask: padding, averageWeights: !c.Has("average_attn_weights"));
            var alone = layer.Forward(x[0], x[1], x[2], mask, keyPaddingMask: padding);
            Assert.All(y.ToArray<double>().Zip(alone.ToArray<double>()), v => Assert.Equal(v.First, v.Second, y.DType == DType.Float64 ? 1e-12 : 1e-5));
            return [y, weights];
        });
    }

    public static IEnumerable<object[]> Transformers => Golden.Names("sequences", "encoder_layer", "decoder_layer", "encoder", "decoder", "transformer");

    [Theory, MemberData(nameof(Transformers))]
    public void Transformers_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var a = c.Args.GetProperty("arguments");
        bool first = a.TryGetProperty("norm_first", out var normFirst) && normFirst.GetBoolean();
        Func<Tensor, Tensor>? activation = a.TryGetProperty("activation", out var text) && text.GetString() == "gelu" ? x => x.Gelu() : null;
        TransformerEncoderLayer Encoder() => new(4, 2, 6, 0, activation, first);
        TransformerDecoderLayer Decoder() => new(4, 2, 6, 0, activation, first);
        Module module = c.Op switch
        {
            "encoder_layer" => Encoder(),
            "decoder_layer" => Decoder(),
            "encoder" => new TransformerEncoder(Encoder, 2, new LayerNorm([4])),
            "decoder" => new TransformerDecoder(Decoder, 2, new LayerNorm([4])),
            _ => new Transformer(4, 2, 1, 1, 6, 0, activation, first),
        };
        SequenceCase.Check(c, module, (x, mask) => [module switch
        {
            TransformerEncoderLayer e => e.Forward(x[0], mask("src_mask"), keyPaddingMask: mask("src_key_padding_mask")),
            TransformerDecoderLayer d => d.Forward(x[0], x[1], mask("tgt_mask"), keyPaddingMask: mask("tgt_key_padding_mask")),
            TransformerEncoder e => e.Forward(x[0], mask("mask")),
            TransformerDecoder d => d.Forward(x[0], x[1], mask("tgt_mask")),
            var t => ((Transformer)t).Forward(x[0], x[1], targetMask: mask("tgt_mask")),
        }]);
    }
}
