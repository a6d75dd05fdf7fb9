using System.Buffers.Binary;

namespace Candeia.Training;

/// <summary>A number.</summary>
public sealed record ScalarSummary(string Tag, float Value) : SummaryValue(Tag)
{
    internal const int SimpleField = 2, TensorField = 8, MetadataField = 9;
    const int FloatType = 1, DoubleType = 2;

    /// <summary>Whether the number stands in a field of its own, as before TensorFlow 2, instead of in a tensor.</summary>
    internal bool IsSimple { get; init; }

    internal override void Write(ProtoWriter value)
    {
        if (IsSimple)
        {
            value.Single(SimpleField, Value);
            return;
        }
        value.Message(TensorField, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Bytes(2, []);                                            // the shape of a single number
            Span<byte> content = stackalloc byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(content, Value);
            tensor.Bytes(4, content);
        });
        value.Message(MetadataField, metadata => metadata.Message(1, plugin => plugin.Text(1, "scalars")));
    }

    /// <summary>The number in a tensor of floats or doubles; null if it holds several, or something else.</summary>
    internal static ScalarSummary? OfTensor(ReadOnlySpan<byte> message)
    {
        long type = 0;
        ReadOnlySpan<byte> content = [];
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            if (fields.Field == 1) type = fields.Integer();
            else if (fields.Field == 4 || (fields.Field is 5 or 6 && fields.Type == WireType.Bytes)) content = fields.Bytes();
            else if (fields.Field == 5) return new("", fields.Single());
            else if (fields.Field == 6) return new("", (float)fields.Double());
        }
        return type switch
        {
            FloatType when content.Length == 4 => new("", BinaryPrimitives.ReadSingleLittleEndian(content)),
            DoubleType when content.Length == 8 => new("", (float)BinaryPrimitives.ReadDoubleLittleEndian(content)),
            _ => null,
        };
    }
}
