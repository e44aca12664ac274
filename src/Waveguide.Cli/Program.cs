using System.Runtime.InteropServices;
using System.Text;
using Waveguide.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new Application(CliHost.OfProcess()).RunAsync(args, stop.Token);

void Stop(PosixSignalContext signal)
{
    // The first signal ends the run in good order, the second ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
