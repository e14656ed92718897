"""Microphones and headphones: this computer's, which may die at any moment, and others that are read or scripted.

Input and output are two streams of their own: one duplex stream adds 100 ms and underflows. Only `portaudio` imports
sounddevice, and lazily; what it does when a device dies, and why everything has a time limit, is told in `watchdog`.
"""
