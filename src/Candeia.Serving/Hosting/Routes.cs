using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Candeia.Serving;

/// <summary>What is answered at each address.</summary>
sealed partial class Routes(ServedModels models, ServingOptions options, ILogger log)
{
    const string HeaderLength = "Inference-Header-Content-Length";
    const int Gone = 499;                                                  // what nginx notes where a client has gone away

    readonly HeldBytes _held = new(options.MostHeldBytes);

    public Task Page(HttpContext http) => CandeiaEndpoints.Text(http, "text/html; charset=utf-8", LocalPage.Of("try", "Try a model", [.. models.Names]));

    public static Task Server(HttpContext http) => Fields(http, 200, w =>
    {
        w.WriteString("name", "candeia");
        w.WriteString("version", typeof(Routes).Assembly.GetName().Version!.ToString(3));
        w.WriteStartArray("extensions");
        w.WriteStringValue("binary_tensor_data");
        w.WriteEndArray();
    });

    public static Task Live(HttpContext http) => Fields(http, 200, w => w.WriteBoolean("live", true));

    public Task Ready(HttpContext http) => Fields(http, models.IsReady ? 200 : 503, w => w.WriteBoolean("ready", models.IsReady));

    public Task Model(HttpContext http) => Answering(http, predictor => Fields(http, 200, w =>
    {
        w.WriteString("name", predictor.Name);
        w.WriteStartArray("versions");
        w.WriteStringValue(Versions.Only);
        w.WriteEndArray();
        w.WriteString("platform", predictor.Model.Platform);
        Values(w, "inputs", predictor.Model.Inputs);
        Values(w, "outputs", predictor.Model.Outputs);
    }));

    public Task ModelReady(HttpContext http) => Answering(http, predictor => Fields(http, models.IsReady ? 200 : 503, w =>
    {
        w.WriteString("name", predictor.Name);
        w.WriteBoolean("ready", models.IsReady);
    }));

    public Task Infer(HttpContext http) => Counted(http, async predictor =>
    {
        using var body = await RequestBody.ReadAsync(http, options.MostRequestBytes, _held, models.Late).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        var request = InferRequest.Read(body.Bytes, JsonLength(http) ?? body.Bytes.Length, predictor.Model.Inputs);
        var outputs = await predictor.PredictAsync(request.Inputs, isBrief: true, http.RequestAborted).ConfigureAwait(false);
        var answer = InferAnswer.Write(predictor.Name, request, predictor.Model.Outputs, outputs);
        request.GiveBack(outputs);
        predictor.Meters.Took(Stopwatch.GetElapsedTime(start));
        http.Response.ContentType = answer.Json is null ? "application/json" : "application/octet-stream";
        if (answer.Json is { } json) http.Response.Headers[HeaderLength] = json.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentLength = answer.Body.Length;
        await SendAsync(http, answer.Body).ConfigureAwait(false);
    });

    public Task Generate(HttpContext http) => Counted(http, async predictor =>
    {
        var (request, pieces) = await WritingAsync(http, predictor).ConfigureAwait(false);
        var text = new StringBuilder();
        await foreach (string piece in pieces.ConfigureAwait(false)) text.Append(piece);
        await Json(http, 200, w => request.Answer(w, predictor.Name, text.ToString())).ConfigureAwait(false);
    });

    public Task GenerateStream(HttpContext http) => Counted(http, async predictor =>
    {
        var (request, pieces) = await WritingAsync(http, predictor).ConfigureAwait(false);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        await foreach (string piece in pieces.ConfigureAwait(false))
        {
            var buffer = new ArrayBufferWriter<byte>();
            buffer.Write("data: "u8);
            using (var writer = new Utf8JsonWriter(buffer)) request.Answer(writer, predictor.Name, piece);
            buffer.Write("\n\n"u8);
            await SendAsync(http, buffer.WrittenMemory).ConfigureAwait(false);
        }
    });

    async Task<(GenerateRequest Request, IAsyncEnumerable<string> Pieces)> WritingAsync(HttpContext http, Predictor predictor)
    {
        if (predictor.Model.Question is not TextQuestion question) throw new RefusedException(404, $"The model '{predictor.Name}' goes on with no texts.");
        using var body = await RequestBody.ReadAsync(http, options.MostRequestBytes, _held, models.Late).ConfigureAwait(false);
        var request = GenerateRequest.Read(body.Bytes.Span, options.MostTokens);
        return (request, predictor.Writing.GoOnAsync(question, request.Beginning, http.RequestAborted));
    }

    /// <summary>Sends a part of an answer. Who does not fetch it when the server has begun to stop a moment ago is cut off.</summary>
    async ValueTask SendAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        var sending = http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        if (!sending.IsCompleted)
        {
            using var cut = models.Late.Register(http.Abort);
            await sending.ConfigureAwait(false);
        }
        else await sending.ConfigureAwait(false);
    }

    public Task Question(HttpContext http) => Answering(http, predictor =>
    {
        var question = QuestionOf(predictor);
        return Json(http, 200, w => AskedForm.Write(w, question));
    });

    public Task Ask(HttpContext http) => Counted(http, async predictor =>
    {
        var question = QuestionOf(predictor);
        if (question is TextQuestion) throw RefusedException.Malformed($"Ask the model '{predictor.Name}' at …/generate, by {{\"text_input\": \"…\"}}.");
        using var body = await RequestBody.ReadAsync(http, options.MostRequestBytes, _held, models.Late).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        var (asked, tell) = Read(question, body.Bytes);
        var answer = tell(await predictor.PredictAsync(asked.Inputs, http.RequestAborted).ConfigureAwait(false));
        predictor.Meters.Took(Stopwatch.GetElapsedTime(start));
        await Json(http, 200, w => AskedForm.Write(w, answer, asked.Remark)).ConfigureAwait(false);
    });

    static (Asked Asked, Func<IReadOnlyList<Tensor>, Reply> Tell) Read(Question question, ReadOnlyMemory<byte> body)
    {
        try
        {
            return question switch
            {
                PictureQuestion picture => (picture.Read(body), picture.Tell),
                FormQuestion form => (form.Read(AskedForm.Read(body.Span)), form.Tell),
                _ => throw new NotSupportedException($"There is no {question.GetType().Name} over HTTP."),
            };
        }
        catch (FormatException fault)
        {
            throw RefusedException.Malformed(fault.Message, fault);
        }
    }

    Predictor Find(HttpContext http)
    {
        var values = http.Request.RouteValues;
        if (values.TryGetValue("version", out object? version) && version as string != Versions.Only) throw new RefusedException(404, $"There is the version {Versions.Only} alone.");
        return models[(string)values["model"]!];
    }

    static Question QuestionOf(Predictor predictor) =>
        predictor.Model.Question ?? throw new RefusedException(404, $"The model '{predictor.Name}' is asked by tensors alone.");

    static int? JsonLength(HttpContext http)
    {
        string? said = http.Request.Headers[HeaderLength];
        if (said is null) return null;
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : throw RefusedException.Malformed($"{HeaderLength} must be a whole number of at least 0.");
    }

    /// <summary>Answers what is asked of a model, or says why not.</summary>
    Task Answering(HttpContext http, Func<Predictor, Task> answer) => Answering(http, answer, isCounted: false);

    /// <summary>The same for what the model computes, which is counted.</summary>
    Task Counted(HttpContext http, Func<Predictor, Task> answer) => Answering(http, answer, isCounted: true);

#pragma warning disable CA1031 // the last place that can answer
    async Task Answering(HttpContext http, Func<Predictor, Task> answer, bool isCounted)
    {
        Predictor? predictor = null;
        int status = Gone;
        try
        {
            predictor = Find(http);
            await answer(predictor).ConfigureAwait(false);
            status = http.Response.StatusCode;
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException and not BadHttpRequestException
            && (http.RequestAborted.IsCancellationRequested || models.Late.IsCancellationRequested))
        {
            // nobody is there to be answered
        }
        catch (Exception fault)
        {
            (status, string sentence) = Refusal(fault);
            if (status == 500) LogFault(log, fault, http.Request.Path);
            if (http.Response.HasStarted) http.Abort();
            else await Refuse(http, status, sentence).ConfigureAwait(false);
        }
        finally
        {
            if (isCounted) predictor?.Meters.Answered(status);
        }
    }
#pragma warning restore CA1031

    static (int Status, string Sentence) Refusal(Exception fault) => fault switch
    {
        RefusedException refused => (refused.Status, refused.Message),
        QueueFullException => (429, fault.Message),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        ArgumentException => (400, fault.Message),
        ObjectDisposedException => (503, "The server is stopping."),
        _ => (500, "The model has failed; the log of the server says how."),
    };

    static Task Refuse(HttpContext http, int status, string sentence)
    {
        if (status is 429 or 503) http.Response.Headers.RetryAfter = "1";
        return Fields(http, status, w => w.WriteString("error", sentence));
    }

    static Task Json(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.WrittenCount;
        return http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted).AsTask();
    }

    static Task Fields(HttpContext http, int status, Action<Utf8JsonWriter> fields) => Json(http, status, w =>
    {
        w.WriteStartObject();
        fields(w);
        w.WriteEndObject();
    });

    static void Values(Utf8JsonWriter writer, string name, IReadOnlyList<ModelValue> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("datatype", Datatypes.NameOf(value.DType));
            writer.WriteStartArray("shape");
            foreach (int size in value.Shape) writer.WriteNumberValue(size);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed.")]
    static partial void LogFault(ILogger log, Exception fault, string path);
}
