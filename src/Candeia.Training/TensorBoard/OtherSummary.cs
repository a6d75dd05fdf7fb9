namespace Candeia.Training;

/// <summary>Something that TensorBoard shows and this library does not read: audio, text, tensors with more than one number.</summary>
public sealed record OtherSummary(string Tag) : SummaryValue(Tag)
{
    internal override void Write(ProtoWriter value) => throw new NotSupportedException($"{Tag} is of a kind that is not written.");
}
