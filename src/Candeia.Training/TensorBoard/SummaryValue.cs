namespace Candeia.Training;

/// <summary>Something that TensorBoard shows, under a tag such as <c>loss</c> or <c>conv1/weight</c>.</summary>
public abstract record SummaryValue(string Tag)
{
    internal const int TagField = 1;

    /// <summary>Writes the fields after the tag.</summary>
    internal abstract void Write(ProtoWriter value);

    internal static SummaryValue Read(ReadOnlySpan<byte> message)
    {
        string tag = "";
        SummaryValue? content = null;
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            if (fields.Field == TagField) tag = fields.Text();
            else content = fields.Field switch
            {
                ScalarSummary.SimpleField => new ScalarSummary("", fields.Single()) { IsSimple = true },
                ScalarSummary.TensorField => ScalarSummary.OfTensor(fields.Bytes()),
                ImageSummary.Field => ImageSummary.OfMessage(fields.Bytes()),
                HistogramSummary.Field => HistogramSummary.OfMessage(fields.Bytes()),
                _ => content,
            };
        }
        return (content ?? new OtherSummary("")) with { Tag = tag };
    }
}
