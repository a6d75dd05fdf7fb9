using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Candeia.Serving;

/// <summary>Models over HTTP.</summary>
public static class CandeiaEndpoints
{
    /// <summary>
    /// Offers the models of the application by the Open Inference Protocol, which KServe and Triton speak too, and beside it <c>/metrics</c> for Prometheus and a page
    /// at <c>/</c> to try them. Bodies of tensors may be JSON or bytes (the protocol's binary extension).
    /// </summary>
    /// <remarks>
    /// <c>GET v2/health/live</c>, <c>v2/health/ready</c>, <c>v2</c>, <c>v2/models/M</c>, <c>v2/models/M/ready</c>; <c>POST v2/models/M/infer</c>, and for language models
    /// <c>POST v2/models/M/generate</c> and <c>generate_stream</c>. People ask by <c>POST v2/models/M/ask</c>, with a picture's file or a JSON object of fields. What is refused says why: 400 what is malformed, 404 what is not there, 413 what is
    /// too large, 429 when the queue is full, 503 before the model is loaded and after the application has begun to stop.
    /// </remarks>
    /// <param name="endpoints">The application, or a group of its routes: <c>app.MapGroup("/models").MapCandeia()</c>.</param>
    /// <returns>All of these routes, to require authorization, for example.</returns>
    public static IEndpointConventionBuilder MapCandeia(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var models = services.GetService<ServedModels>() ?? throw new InvalidOperationException("There is no model to offer; add one with builder.Services.AddCandeiaModel(…).");
        var routes = new Routes(models, services.GetRequiredService<IOptions<ServingOptions>>().Value, services.GetRequiredService<ILoggerFactory>().CreateLogger("Candeia.Serving"));
        var prometheus = services.GetRequiredService<Prometheus>();
        var group = endpoints.MapGroup("");
        group.MapGet("/", (RequestDelegate)routes.Page);
        group.MapGet("/metrics", (RequestDelegate)(http => Text(http, Prometheus.ContentType, prometheus.Write())));
        group.MapGet("/v2", (RequestDelegate)Routes.Server);
        group.MapGet("/v2/health/live", (RequestDelegate)Routes.Live);
        group.MapGet("/v2/health/ready", (RequestDelegate)routes.Ready);
        foreach (string model in (string[])["/v2/models/{model}", "/v2/models/{model}/versions/{version}"])
        {
            group.MapGet(model, (RequestDelegate)routes.Model);
            group.MapGet($"{model}/ready", (RequestDelegate)routes.ModelReady);
            group.MapPost($"{model}/infer", (RequestDelegate)routes.Infer);
            group.MapPost($"{model}/generate", (RequestDelegate)routes.Generate);
            group.MapPost($"{model}/generate_stream", (RequestDelegate)routes.GenerateStream);
        }
        group.MapGet("/v2/models/{model}/ask", (RequestDelegate)routes.Question);
        group.MapPost("/v2/models/{model}/ask", (RequestDelegate)routes.Ask);
        return group;
    }

    internal static Task Text(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
