using System.Collections.Immutable;

namespace Candeia.Training;

/// <summary>A record of an event file.</summary>
/// <param name="WallTime">When it was written, in seconds since 1970.</param>
/// <param name="Step">Where on the horizontal axis its values stand.</param>
/// <param name="Values">What is shown; none in records of other kinds, such as graphs.</param>
public sealed record TensorBoardEvent(double WallTime, long Step, ImmutableArray<SummaryValue> Values)
{
    const int WallTimeField = 1, StepField = 2, VersionField = 3, SummaryField = 5, SessionField = 7;

    /// <summary>The version of the format: the first record of a file says <c>brain.Event:2</c>.</summary>
    public string? FileVersion { get; init; }

    /// <summary>Whether a program begins here, again perhaps: what other files have from this step on was written by one that was ended.</summary>
    public bool IsStart { get; init; }

    /// <summary>The number of the field that says what a record is, where that is not known here.</summary>
    internal int? OtherField { get; private init; }

    internal ProtoWriter ToMessage()
    {
        var message = new ProtoWriter();
        message.Double(WallTimeField, WallTime);
        message.Integer(StepField, Step);
        if (FileVersion is not null) message.Text(VersionField, FileVersion);
        if (!Values.IsEmpty) message.Message(SummaryField, summary =>
        {
            foreach (var value in Values) summary.Message(1, v =>
            {
                v.Text(SummaryValue.TagField, value.Tag);
                value.Write(v);
            });
        });
        if (IsStart) message.Message(SessionField, session => session.Integer(1, 1));
        return message;
    }

    internal static TensorBoardEvent Read(ReadOnlySpan<byte> message)
    {
        var read = new TensorBoardEvent(0, 0, []);
        var values = ImmutableArray.CreateBuilder<SummaryValue>();
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case WallTimeField: read = read with { WallTime = fields.Double() }; break;
                case StepField: read = read with { Step = fields.Integer() }; break;
                case VersionField: read = read with { FileVersion = fields.Text() }; break;
                case SummaryField: Summary(fields.Bytes(), values); break;
                case SessionField: read = read with { IsStart = IsStartOf(fields.Bytes()), OtherField = SessionField }; break;
                default: read = read with { OtherField = fields.Field }; break;
            }
        }
        return read with { Values = values.ToImmutable() };
    }

    static void Summary(ReadOnlySpan<byte> message, ImmutableArray<SummaryValue>.Builder values)
    {
        var fields = new ProtoReader(message);
        while (fields.Next())
            if (fields.Field == 1) values.Add(SummaryValue.Read(fields.Bytes()));
    }

    static bool IsStartOf(ReadOnlySpan<byte> session)
    {
        var fields = new ProtoReader(session);
        while (fields.Next())
            if (fields.Field == 1) return fields.Integer() == 1;
        return false;
    }
}
